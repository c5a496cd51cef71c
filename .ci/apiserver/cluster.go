package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/server/v3/embed"
	"go.etcd.io/etcd/server/v3/etcdserver/api/v3client"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/client-go/util/keyutil"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// Only the tests of this machine reach the server, and only while they run.
const adminToken = "admin"

// A server of an idle machine is ready within seconds.
const readyWithin = 3 * time.Minute

// cluster is a running API server.
type cluster struct {
	// kubeconfig is the file by which clients are its administrator.
	kubeconfig string
	etcd       *clientv3.Client
	// kept are the keys of etcd that a reset leaves.
	kept map[string]bool
}

// start returns when the API server is ready.
func start(folder string) (*cluster, error) {
	storage, err := startEtcd(filepath.Join(folder, "etcd"))
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	flags, err := serverFlags(folder, port, storage.Clients[0].Addr().String())
	if err != nil {
		return nil, err
	}
	kubeconfig, err := kubeconfigTo(folder, port)
	if err != nil {
		return nil, err
	}
	// What the server says is of use only where it doesn't start.
	if os.Stderr, err = os.Create(filepath.Join(folder, "log")); err != nil {
		return nil, err
	}
	klog.SetOutput(os.Stderr)
	ended := make(chan error, 1)
	go func() {
		command := app.NewAPIServerCommand()
		command.SetArgs(flags)
		ended <- command.Execute()
	}()

	if err := awaitReady(kubeconfig, ended); err != nil {
		said, _ := os.ReadFile(os.Stderr.Name())
		return nil, fmt.Errorf("%w\n%s", err, said)
	}
	result := &cluster{kubeconfig: kubeconfig, etcd: v3client.New(storage.Server)}
	_, err = result.keep()
	return result, err
}

func startEtcd(folder string) (*embed.Etcd, error) {
	anyPort := []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	config := embed.NewConfig()
	config.Dir = folder
	config.LogLevel = "error"
	config.UnsafeNoFsync = true
	config.ListenClientUrls, config.AdvertiseClientUrls = anyPort, anyPort
	config.ListenPeerUrls, config.AdvertisePeerUrls = anyPort, anyPort
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	storage, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	<-storage.Server.ReadyNotify()
	return storage, nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

func serverFlags(folder string, port int, etcd string) ([]string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	encoded, err := keyutil.MarshalPrivateKeyToPEM(key)
	if err != nil {
		return nil, err
	}
	keyFile, tokenFile := filepath.Join(folder, "service-accounts.key"), filepath.Join(folder, "tokens.csv")
	if err := errors.Join(
		os.WriteFile(keyFile, encoded, 0o600),
		os.WriteFile(tokenFile, []byte(adminToken+",admin,admin,system:masters\n"), 0o600),
	); err != nil {
		return nil, err
	}
	return []string{
		"--etcd-servers=http://" + etcd,
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir=" + folder,
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + keyFile,
		"--service-account-signing-key-file=" + keyFile,
		"--service-cluster-ip-range=10.96.0.0/16",
		"--endpoint-reconciler-type=none",
		"--token-auth-file=" + tokenFile,
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		// As kubeadm's cluster allows it: DaemonSets such as kube-proxy are privileged.
		"--allow-privileged=true",
		"--v=0",
	}, nil
}

// kubeconfigTo writes the file by which clients reach the server as its administrator.
func kubeconfigTo(folder string, port int) (string, error) {
	config := api.NewConfig()
	config.Clusters["test"] = &api.Cluster{
		Server: fmt.Sprintf("https://127.0.0.1:%d", port),
		// The server makes it when it starts.
		CertificateAuthority: filepath.Join(folder, "apiserver.crt"),
	}
	config.AuthInfos["admin"] = &api.AuthInfo{Token: adminToken}
	config.Contexts["test"] = &api.Context{Cluster: "test", AuthInfo: "admin"}
	config.CurrentContext = "test"
	file := filepath.Join(folder, "kubeconfig")
	return file, clientcmd.WriteToFile(*config, file)
}

func awaitReady(kubeconfig string, ended <-chan error) error {
	deadline := time.After(readyWithin)
	last := errors.New("it has not answered")
	for {
		select {
		case err := <-ended:
			return fmt.Errorf("kube-apiserver ended: %w", err)
		case <-deadline:
			return fmt.Errorf("kube-apiserver is not ready: %w", last)
		case <-time.After(100 * time.Millisecond):
		}
		if last = ready(kubeconfig); last == nil {
			return nil
		}
	}
}

func ready(kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	_, err = client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(context.Background())
	return err
}

// keep has a reset leave all objects that there are now, and says how many.
func (c *cluster) keep() (int, error) {
	keys, err := c.keys()
	c.kept = keys
	return len(keys), err
}

// reset removes every object that is not kept, and says how many.
func (c *cluster) reset() (int, error) {
	keys, err := c.keys()
	if err != nil {
		return 0, err
	}
	removed := 0
	for key := range keys {
		if c.kept[key] {
			continue
		}
		if _, err := c.etcd.Delete(context.Background(), key); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

func (c *cluster) keys() (map[string]bool, error) {
	response, err := c.etcd.Get(context.Background(), "/registry/", clientv3.WithPrefix(), clientv3.WithKeysOnly())
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for _, pair := range response.Kvs {
		keys[string(pair.Key)] = true
	}
	return keys, nil
}
