package main

import (
	"errors"
	"net/url"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// startEtcd starts a store that listens on a socket in the folder only, and returns the socket's URL.
func startEtcd(folder string) (string, error) {
	socket := url.URL{Scheme: "unix", Path: filepath.Join(folder, "etcd.sock")}
	// Port 0: nobody will ever join, so nobody needs to know the port.
	nobody := url.URL{Scheme: "http", Host: "127.0.0.1:0"}

	config := embed.NewConfig()
	config.Dir = filepath.Join(folder, "etcd")
	config.ListenClientUrls = []url.URL{socket}
	config.AdvertiseClientUrls = []url.URL{nobody}
	config.ListenPeerUrls = []url.URL{nobody}
	config.AdvertisePeerUrls = []url.URL{nobody}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.LogLevel = "error"
	config.LogOutputs = []string{"stderr"}
	// The data never outlives the process, so it need not reach the disk.
	config.UnsafeNoFsync = true

	server, err := embed.StartEtcd(config)
	if err != nil {
		return "", err
	}
	select {
	case <-server.Server.ReadyNotify():
		return socket.String(), nil
	case err := <-server.Err():
		return "", err
	case <-time.After(30 * time.Second):
		return "", errors.New("it did not start within 30 s")
	}
}
