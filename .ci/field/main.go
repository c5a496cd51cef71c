// Command field is what stands around an agent: a Kubernetes API with pods and their logs, and destinations that
// take OTLP, refuse it or are away, in a network of their own.
package main

import (
	"log"
	"os"

	"protocol"
)

func main() {
	if err := haveOwnNetwork(); err != nil {
		log.Fatal(err)
	}
	kubernetes, err := newKubernetes()
	if err != nil {
		log.Fatal(err)
	}
	receivers := map[string]*receiver{}

	err = protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"kubernetes": protocol.Typed(func(struct{}) (any, error) { return kubernetes.access, nil }),
		"get":        protocol.Typed(get),
		"pod":        protocol.Typed(kubernetes.addPod),
		"write":      protocol.Typed(kubernetes.write),
		"receiver": protocol.Typed(func(request struct {
			Name  string  `json:"name"`
			Rules conduct `json:"rules"`
		}) (any, error) {
			if found, ok := receivers[request.Name]; ok {
				found.behave(request.Rules)
				return found.address, nil
			}
			made, err := newReceiver(request.Rules)
			if err != nil {
				return nil, protocol.Fault(err)
			}
			receivers[request.Name] = made
			return made.address, nil
		}),
		"series": protocol.Typed(func(request struct {
			Name string `json:"name"`
			Job  string `json:"job"`
		}) (any, error) {
			return receivers[request.Name].seriesOf(request.Job), nil
		}),
		"received": protocol.Typed(func(request struct {
			Name string `json:"name"`
		}) (any, error) {
			return receivers[request.Name].report(), nil
		}),
	})
	if err != nil {
		log.Fatal(err)
	}
}
