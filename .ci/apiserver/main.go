// Command apiserver is a cluster without nodes: kube-apiserver and etcd in one
// process, which listen on free ports of the loopback, keep nothing, and end
// with their input. See package protocol for how requests and responses look.
//
// Called by the name kubectl it is that, of the same version.
package main

import (
	"encoding/json"
	"errors"
	"log"
	"os"
	"path/filepath"

	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	"protocol"
)

func main() {
	if filepath.Base(os.Args[0]) == "kubectl" {
		os.Exit(cli.Run(cmd.NewDefaultKubectlCommand()))
	}
	folder, err := os.MkdirTemp("", "apiserver-")
	if err != nil {
		log.Fatal(err)
	}
	err = errors.Join(serve(folder), os.RemoveAll(folder))
	if err != nil {
		log.Fatal(err)
	}
}

func serve(folder string) error {
	cluster, err := start(folder)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.Symlink(self, filepath.Join(folder, "kubectl")); err != nil {
		return err
	}
	creator, err := newCreator(cluster.kubeconfig)
	if err != nil {
		return err
	}
	return protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"folder":      func(json.RawMessage) (any, error) { return folder, nil },
		"controllers": func(json.RawMessage) (any, error) { return cluster.startControllers() },
		"nodes":       protocol.Typed(cluster.startNodes),
		"create":      protocol.Typed(creator.create),
		"keep":        func(json.RawMessage) (any, error) { return cluster.keep() },
		"reset":       func(json.RawMessage) (any, error) { return cluster.reset() },
	})
}
