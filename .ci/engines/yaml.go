package main

import (
	"encoding/json"
	"fmt"

	yaml3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

type yamlRequest struct {
	Text string `json:"text"`
}

// readYAML returns what the readers of manifests make of a document, as JSON:
// kubectl, the API server and Helm read by sigs.k8s.io/yaml, which is YAML 1.1
// as Go's second version has it, Kustomize and Flux by Go's third.
func readYAML(request yamlRequest) (any, error) {
	second, err := yaml.YAMLToJSONStrict([]byte(request.Text))
	if err != nil {
		return nil, fmt.Errorf("sigs.k8s.io/yaml: %w", err)
	}
	third, err := readThird(request.Text)
	if err != nil {
		return nil, fmt.Errorf("go.yaml.in/yaml/v3: %w", err)
	}
	return map[string]json.RawMessage{"kubernetes": second, "kustomize": third}, nil
}

func readThird(text string) (json.RawMessage, error) {
	var content any
	if err := yaml3.Unmarshal([]byte(text), &content); err != nil {
		return nil, err
	}
	return json.Marshal(content)
}
