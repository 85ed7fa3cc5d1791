package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// identity is one client of the API: its certificate, its key and a kubeconfig that holds both.
type identity struct{ certificate, key, kubeconfig string }

// credentials are the paths of all certificates and keys.
type credentials struct {
	authority         string
	server            identity
	admin             identity
	controllerManager identity
	scheduler         identity
	frontProxy        identity
	// serviceAccountKey signs tokens. RSA, as on EKS: what verifies them (IAM's OIDC providers) knows RS256.
	serviceAccountKey string
}

const validFor = 7 * 24 * time.Hour

// writeCredentials makes an authority of its own and everything that it vouches for.
func writeCredentials(folder, endpoint string) (*credentials, error) {
	authority, err := newAuthority(folder)
	if err != nil {
		return nil, err
	}
	files := &credentials{authority: authority.path, serviceAccountKey: filepath.Join(folder, "service-account.key")}

	files.server, err = authority.issue("server", x509.Certificate{
		Subject:     pkix.Name{CommonName: "kube-apiserver"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), firstServiceIP},
		DNSNames:    []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	if err != nil {
		return nil, err
	}
	clients := []struct {
		name    string
		subject pkix.Name
		into    *identity
	}{
		{"admin", pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}}, &files.admin},
		// Its controllers act as their own service accounts, which needs more rights than the user of that name has.
		{"controller-manager", pkix.Name{CommonName: "system:kube-controller-manager", Organization: []string{"system:masters"}}, &files.controllerManager},
		{"scheduler", pkix.Name{CommonName: "system:kube-scheduler"}, &files.scheduler},
		{"front-proxy", pkix.Name{CommonName: "front-proxy"}, &files.frontProxy},
	}
	for _, client := range clients {
		made, err := authority.issue(client.name, x509.Certificate{
			Subject:     client.subject,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		})
		if err != nil {
			return nil, err
		}
		made.kubeconfig = filepath.Join(folder, client.name+".kubeconfig")
		if err := writeKubeconfig(made, files.authority, endpoint, client.name); err != nil {
			return nil, err
		}
		*client.into = made
	}

	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	return files, writeKey(files.serviceAccountKey, key)
}

type authority struct {
	folder, path string
	certificate  *x509.Certificate
	key          crypto.Signer
}

func newAuthority(folder string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "local control plane"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(validFor),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "ca.crt")
	return &authority{folder, path, certificate, key}, writeCertificate(path, der)
}

// issue writes NAME.crt and NAME.key.
func (a *authority) issue(name string, template x509.Certificate) (identity, error) {
	made := identity{certificate: filepath.Join(a.folder, name+".crt"), key: filepath.Join(a.folder, name+".key")}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return made, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)); err != nil {
		return made, err
	}
	template.NotBefore = a.certificate.NotBefore
	template.NotAfter = a.certificate.NotAfter
	template.KeyUsage = x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, &template, a.certificate, key.Public(), a.key)
	if err != nil {
		return made, err
	}
	if err := writeCertificate(made.certificate, der); err != nil {
		return made, err
	}
	return made, writeKey(made.key, key)
}

func writeCertificate(path string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
}

func writeKey(path string, key crypto.Signer) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600)
}

// writeKubeconfig embeds the certificates, so that the file can be copied elsewhere.
func writeKubeconfig(client identity, authority, endpoint, user string) error {
	certificates := map[string][]byte{authority: nil, client.certificate: nil, client.key: nil}
	for path := range certificates {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		certificates[path] = content
	}
	config := api.NewConfig()
	config.Clusters["local"] = &api.Cluster{Server: endpoint, CertificateAuthorityData: certificates[authority]}
	config.AuthInfos[user] = &api.AuthInfo{
		ClientCertificateData: certificates[client.certificate],
		ClientKeyData:         certificates[client.key],
	}
	config.Contexts["local"] = &api.Context{Cluster: "local", AuthInfo: user}
	config.CurrentContext = "local"
	return clientcmd.WriteToFile(*config, client.kubeconfig)
}
