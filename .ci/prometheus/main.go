// Command prometheus lets tests ask Prometheus' own rules what they make of
// labels, as Alloy's discovery.relabel, prometheus.scrape and
// prometheus.relabel do. See package protocol for how requests and responses
// look.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"

	"protocol"
)

func main() {
	err := protocol.Serve(os.Stdin, os.Stdout, map[string]protocol.Operation{
		"relabel": protocol.Typed(relabelAll),
	})
	if err != nil {
		log.Fatal(err)
	}
}

// rule is a rule block of Alloy. What is absent has Prometheus' default, which is Alloy's.
type rule struct {
	SourceLabels []string `json:"source_labels"`
	Separator    *string  `json:"separator"`
	Regex        *string  `json:"regex"`
	Modulus      uint64   `json:"modulus"`
	TargetLabel  string   `json:"target_label"`
	Replacement  *string  `json:"replacement"`
	Action       string   `json:"action"`
}

type relabelRequest struct {
	Rules  []rule              `json:"rules"`
	Series []map[string]string `json:"series"`
}

// relabelAll returns the labels that rules leave of each series, and null of each that they drop.
func relabelAll(request relabelRequest) (any, error) {
	var configs []*relabel.Config
	for _, rule := range request.Rules {
		config, err := rule.config()
		if err != nil {
			return nil, err
		}
		configs = append(configs, config)
	}
	results := make([]map[string]string, len(request.Series))
	for i, series := range request.Series {
		builder := labels.NewBuilder(labels.FromMap(series))
		if relabel.ProcessBuilder(builder, configs...) {
			results[i] = builder.Labels().Map()
		}
	}
	return results, nil
}

func (r rule) config() (*relabel.Config, error) {
	config := relabel.DefaultRelabelConfig
	config.NameValidationScheme = model.UTF8Validation
	for _, name := range r.SourceLabels {
		config.SourceLabels = append(config.SourceLabels, model.LabelName(name))
	}
	config.TargetLabel, config.Modulus = r.TargetLabel, r.Modulus
	if r.Separator != nil {
		config.Separator = *r.Separator
	}
	if r.Replacement != nil {
		config.Replacement = *r.Replacement
	}
	if r.Action != "" {
		config.Action = relabel.Action(r.Action)
	}
	if r.Regex != nil {
		regex, err := relabel.NewRegexp(*r.Regex)
		if err != nil {
			return nil, fmt.Errorf("rule for %q: %w", r.TargetLabel, err)
		}
		config.Regex = regex
	}
	return &config, config.Validate(model.UTF8Validation)
}
