package main

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
)

// creator asks the server what it would make of an object.
type creator struct {
	client dynamic.Interface
	mapper *restmapper.DeferredDiscoveryRESTMapper
}

func newCreator(kubeconfig string) (*creator, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	config.WarningHandler = rest.NoWarnings{}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	kinds, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return &creator{client, restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(kinds.Discovery()))}, nil
}

// create returns the object as it would be, or why the server refuses it: as strictly as kubectl asks it.
func (c *creator) create(request struct{ Object map[string]any }) (any, error) {
	object := unstructured.Unstructured{Object: request.Object}
	kind := object.GroupVersionKind()
	mapping, err := c.mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return nil, err
	}
	created, err := c.client.Resource(mapping.Resource).Namespace(object.GetNamespace()).Create(
		context.Background(), &object,
		metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}, FieldValidation: metav1.FieldValidationStrict},
	)
	if err != nil {
		return nil, err
	}
	return created.Object, nil
}
