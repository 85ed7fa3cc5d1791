// Command control-plane is a Kubernetes control plane in one process, on loopback: etcd, kube-apiserver,
// kube-controller-manager and kube-scheduler, all of them the real ones. Nodes and kubelets are somebody else's.
//
// Everything it writes is in one folder, which must be empty. When it answers, it prints one line of JSON. It ends, and
// removes the folder, when its standard input closes or on SIGTERM: it can therefore not outlive the process that
// started it, whichever way that process ends.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
)

// ready is what is printed once everything answers.
type ready struct {
	Endpoint             string `json:"endpoint"`
	Port                 int    `json:"port"`
	Kubeconfig           string `json:"kubeconfig"`
	CertificateAuthority string `json:"certificateAuthority"`
	ClientCertificate    string `json:"clientCertificate"`
	ClientKey            string `json:"clientKey"`
	Issuer               string `json:"issuer"`
	Version              string `json:"version"`
}

func main() {
	folder := flag.String("folder", "", "empty folder for certificates, kubeconfigs and data; removed at the end")
	issuer := flag.String("issuer", "", "URL that service account tokens name as their issuer; the API's own by default")
	flag.Parse()

	// Asked first, because it will be removed with all that is in it.
	if entries, err := os.ReadDir(*folder); err != nil || len(entries) > 0 {
		fmt.Fprintf(os.Stderr, "control-plane: -folder must name an empty folder: %q has %d entries (%v)\n", *folder, len(entries), err)
		os.Exit(2)
	}
	end := func(code int) { removeAndExit(*folder, code) }
	failed := make(chan error)
	go func() {
		if err := start(context.Background(), *folder, *issuer, failed); err != nil {
			failed <- err
		}
	}()

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	stdinClosed := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(stdinClosed)
	}()

	select {
	case err := <-failed:
		fmt.Fprintf(os.Stderr, "control-plane: %v\n", err)
		end(1)
	case <-signals:
		end(0)
	case <-stdinClosed:
		end(0)
	}
}

// removeAndExit removes the folder: there is nothing to save. Whoever still works with a file of it must be gone before that,
// or it ends the whole process halfway, as etcd does when its data disappears. So a shell takes the process's place.
func removeAndExit(folder string, code int) {
	const script = `rm -rf "$1"; exit "$2"`
	err := syscall.Exec("/bin/sh", []string{"sh", "-c", script, "sh", folder, strconv.Itoa(code)}, os.Environ())
	fmt.Fprintf(os.Stderr, "control-plane: no shell to clean up with: %v\n", err)
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// start brings everything up and prints where it is. What fails afterwards is sent to failed.
func start(ctx context.Context, folder, issuer string, failed chan<- error) error {
	// Listening before anything knows the port leaves no moment in which another program could take it.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	endpoint := fmt.Sprintf("https://127.0.0.1:%d", port)
	if issuer == "" {
		issuer = endpoint
	}

	files, err := writeCredentials(folder, endpoint)
	if err != nil {
		return fmt.Errorf("credentials: %w", err)
	}
	storage, err := startEtcd(folder)
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	version, err := startComponents(ctx, components{
		files: files, listener: listener, storage: storage, issuer: issuer, failed: failed,
	})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(ready{
		Endpoint:             endpoint,
		Port:                 port,
		Kubeconfig:           files.admin.kubeconfig,
		CertificateAuthority: files.authority,
		ClientCertificate:    files.admin.certificate,
		ClientKey:            files.admin.key,
		Issuer:               issuer,
		Version:              version,
	})
}
