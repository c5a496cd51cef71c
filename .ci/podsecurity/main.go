// Command podsecurity lets tests ask which Pod Security level admits a pod: it
// judges by the API server's own code. See package protocol for how requests
// and responses look.
package main

import (
	"errors"
	"log"
	"os"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"

	"protocol"
)

type levelRequest struct {
	Pod struct {
		Metadata metav1.ObjectMeta `json:"metadata"`
		Spec     corev1.PodSpec    `json:"spec"`
	} `json:"pod"`
}

func main() {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		log.Fatal(err)
	}
	// level is the lowest that admits a pod.
	level := func(request levelRequest) (any, error) {
		for _, level := range []api.Level{api.LevelRestricted, api.LevelBaseline, api.LevelPrivileged} {
			version := api.LevelVersion{Level: level, Version: api.LatestVersion()}
			results := evaluator.EvaluatePod(version, &request.Pod.Metadata, &request.Pod.Spec)
			if policy.AggregateCheckResults(results).Allowed {
				return level, nil
			}
		}
		return nil, errors.New("no level admits the pod")
	}
	err = protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"level": protocol.Typed(level),
	})
	if err != nil {
		log.Fatal(err)
	}
}
