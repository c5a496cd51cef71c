package main

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/flowcontrol"
	"k8s.io/controller-manager/pkg/informerfactory"
	"k8s.io/kubernetes/pkg/controller/daemon"
	"k8s.io/kubernetes/pkg/controller/garbagecollector"
)

const (
	workers = 2
	// How often the garbage collector looks for new kinds.
	kindsEvery = 5 * time.Second
)

// startControllers runs what a DaemonSet's life takes: its controller, which makes pods, adopts and replaces
// them, and the garbage collector, which deletes what is owned or lets go of it.
func (c *cluster) startControllers() (bool, error) {
	config, err := clientcmd.BuildConfigFromFlags("", c.kubeconfig)
	if err != nil {
		return false, err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return false, err
	}
	metadataClient, err := metadata.NewForConfig(config)
	if err != nil {
		return false, err
	}

	ctx := context.Background()
	objects := informers.NewSharedInformerFactory(client, 0)
	daemonSets, err := daemon.NewDaemonSetsController(
		ctx,
		objects.Apps().V1().DaemonSets(),
		objects.Apps().V1().ControllerRevisions(),
		objects.Core().V1().Pods(),
		objects.Core().V1().Nodes(),
		client,
		flowcontrol.NewBackOff(time.Second, time.Minute),
	)
	if err != nil {
		return false, err
	}
	started := make(chan struct{})
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client.Discovery()))
	others := metadatainformer.NewSharedInformerFactory(metadataClient, 0)
	collector, err := garbagecollector.NewGarbageCollector(
		ctx, client, metadataClient, mapper, map[schema.GroupResource]struct{}{},
		informerfactory.NewInformerFactory(objects, others), started,
	)
	if err != nil {
		return false, err
	}

	go daemonSets.Run(ctx, workers)
	go collector.Sync(ctx, client.Discovery(), kindsEvery)
	go collector.Run(ctx, workers, kindsEvery)
	objects.Start(ctx.Done())
	others.Start(ctx.Done())
	close(started)
	return true, nil
}
