package main

import (
	"context"
	"fmt"
	"log"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/component-helpers/scheduling/corev1/nodeaffinity"
	"k8s.io/utils/ptr"
)

// startNodes joins nodes to the cluster that run nothing. They say of each DaemonSet's pod that is made for
// them that it is ready, and let go of each that is to end.
func (c *cluster) startNodes(request struct{ Count int }) (any, error) {
	config, err := clientcmd.BuildConfigFromFlags("", c.kubeconfig)
	if err != nil {
		return false, err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return false, err
	}
	nodes := []*corev1.Node{}
	for number := range request.Count {
		node, err := join(client, fmt.Sprintf("node-%d", number+1))
		if err != nil {
			return false, err
		}
		nodes = append(nodes, node)
	}

	objects := informers.NewSharedInformerFactory(client, 0)
	run := func(object any) {
		if err := runPod(client, nodes, object.(*corev1.Pod)); err != nil && !apierrors.IsNotFound(err) && !apierrors.IsConflict(err) {
			log.Print(err)
		}
	}
	_, err = objects.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    run,
		UpdateFunc: func(_, object any) { run(object) },
	})
	objects.Start(context.Background().Done())
	return true, err
}

func join(client kubernetes.Interface, name string) (*corev1.Node, error) {
	nodes, ctx := client.CoreV1().Nodes(), context.Background()
	labels := map[string]string{"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"}
	node, err := nodes.Create(ctx, &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: labels}}, metav1.CreateOptions{})
	if err != nil {
		return nil, err
	}
	// A node is not ready when it joins.
	node.Spec.Taints = nil
	if node, err = nodes.Update(ctx, node, metav1.UpdateOptions{}); err != nil {
		return nil, err
	}
	node.Status.Conditions = []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue}}
	return nodes.UpdateStatus(ctx, node, metav1.UpdateOptions{})
}

func runPod(client kubernetes.Interface, nodes []*corev1.Node, pod *corev1.Pod) error {
	pods, ctx := client.CoreV1().Pods(pod.Namespace), context.Background()
	switch {
	case pod.DeletionTimestamp != nil:
		return pods.Delete(ctx, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: ptr.To(int64(0))})
	case pod.Spec.NodeName == "":
		for _, node := range nodes {
			if fits, err := nodeaffinity.GetRequiredNodeAffinity(pod).Match(node); err == nil && fits {
				target := corev1.ObjectReference{Kind: "Node", Name: node.Name}
				binding := corev1.Binding{ObjectMeta: metav1.ObjectMeta{Name: pod.Name}, Target: target}
				return pods.Bind(ctx, &binding, metav1.CreateOptions{})
			}
		}
	case pod.Status.Phase == corev1.PodPending:
		ready := pod.DeepCopy()
		ready.Status.Phase = corev1.PodRunning
		ready.Status.Conditions = []corev1.PodCondition{
			{Type: corev1.ContainersReady, Status: corev1.ConditionTrue},
			{Type: corev1.PodReady, Status: corev1.ConditionTrue, LastTransitionTime: metav1.Now()},
		}
		_, err := pods.UpdateStatus(ctx, ready, metav1.UpdateOptions{})
		return err
	}
	return nil
}
