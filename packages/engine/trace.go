package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/grafana/alloy/syntax/alloytypes"
	"github.com/grafana/alloy/syntax/vm"

	"github.com/grafana/alloy/internal/component"
	"github.com/grafana/alloy/internal/component/local/file"

	"protocol"
)

// run is one input on its way.
type run struct {
	request
	nodes    []*node
	byID     map[string]*node
	inboxes  map[string]flow
	targets  map[string][]map[string]string
	contents map[string]alloytypes.OptionalSecret

	steps   []step
	arrived map[string]flow
	ends    []string
	errors  []string
}

// trace sends each input through the configuration by itself.
func trace(request request) (any, error) {
	// Alloy's functions and OpenTelemetry's detector read the environment of the process.
	os.Clearenv()
	for name, value := range request.Environment {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	nodes, err := readConfig(request.Config)
	if err != nil {
		return nil, err
	}
	answer := response{Steps: []step{}, Arrived: []arrival{}, Errors: []string{}}
	for i, input := range request.Inputs {
		one := &run{
			request: request, nodes: nodes, byID: map[string]*node{}, inboxes: map[string]flow{},
			targets: map[string][]map[string]string{}, contents: map[string]alloytypes.OptionalSecret{}, arrived: map[string]flow{},
		}
		for _, node := range nodes {
			one.byID[node.id] = node
		}
		if err := one.send(input); err != nil {
			return nil, err
		}
		for _, step := range one.steps {
			step.Input = i
			answer.Steps = append(answer.Steps, step)
		}
		for _, end := range one.ends {
			arrived := one.arrived[end]
			answer.Arrived = append(answer.Arrived, arrival{Input: i, At: end, NotRun: !one.isEnd(end), data: arrived.show()})
		}
		answer.Errors = append(answer.Errors, one.errors...)
	}
	return answer, nil
}

// isRun tells of a component that takes data whether it is run here.
func isRun(one *node) bool {
	_, known := component.Get(one.name)
	return own[one.name] != nil || known && one.name != "local.file"
}

// ends are components that send data out of the agent, by how their names begin.
var ends = []string{"otelcol.exporter.", "loki.write", "loki.echo", "prometheus.remote_write", "prometheus.write.", "prometheus.echo"}

// isEnd tells whether data leaves the agent where it has arrived, or targets are read there.
func (r *run) isEnd(at string) bool {
	if strings.HasSuffix(at, ".targets") {
		return true
	}
	one := r.byID[at[:strings.LastIndex(at, ".")]]
	// Such as otelcol.exporter.loki, which forwards.
	return one != nil && attribute(one.block.Body, "forward_to") == nil &&
		slices.ContainsFunc(ends, func(name string) bool { return strings.HasPrefix(one.name, name) })
}

// own are components that aren't built as Alloy builds them.
var own map[string]func(*run, *node, flow) (flow, error)

func init() {
	own = map[string]func(*run, *node, flow) (flow, error){
		"loki.process":                        (*run).process,
		"otelcol.processor.memory_limiter":    (*run).limitMemory,
		"otelcol.processor.resourcedetection": (*run).detectResource,
	}
}

func (r *run) send(input input) error {
	given, err := input.read(time.Now())
	if err != nil {
		return fmt.Errorf("the input to %s: %w", input.To, err)
	}
	target := r.byID[input.To]
	if target == nil {
		end := max(strings.LastIndex(input.To, "."), 0)
		target = r.byID[input.To[:end]]
	}
	switch {
	case target == nil:
		return fmt.Errorf("the configuration has no component %s", input.To)
	case given.targets != nil:
		r.targets[target.id] = given.targets
	case isRun(target):
		r.inboxes[target.id] = given
	case target.id != input.To:
		r.deliver(input.To, given)
	default:
		if err := r.sendOn(target, given); err != nil {
			return fmt.Errorf("%s: %w", target.id, err)
		}
	}
	for _, one := range r.nodes {
		if err := r.pass(one); err != nil {
			return fmt.Errorf("%s: %w", one.id, err)
		}
	}
	return nil
}

// pass has a component do with what it got what it does.
func (r *run) pass(one *node) error {
	switch one.name {
	case "local.file":
		return r.readFile(one)
	case "discovery.relabel":
		return r.relabelTargets(one)
	}
	given, ok := r.inboxes[one.id]
	if !ok {
		return r.takeTargets(one)
	}
	work := own[one.name]
	if work == nil {
		work = (*run).component
	}
	step := step{Component: one.id, In: given.show()}
	at := len(r.steps)
	out, err := work(r, one, given)
	if err != nil {
		return err
	}
	step.Out = out.show()
	step.Note = notes[one.name]
	r.steps = slices.Insert(r.steps, at, step)
	if err := r.showParts(one, given); err != nil {
		return err
	}
	return r.showRules(one, given)
}

var notes = map[string]string{
	"otelcol.processor.memory_limiter": "passes everything here: it refuses data only where the agent runs short of memory",
}

// evaluate fills in a component's arguments, and returns where they have it forward to.
func (r *run) evaluate(one *node, args any) ([]*edge, error) {
	edges := []*edge{}
	err := vm.New(one.block.Body).Evaluate(r.scope(one, &edges), args)
	if err != nil {
		r.closeEdges(edges)
	}
	return edges, err
}

// scope has what the component's arguments name.
func (r *run) scope(one *node, edges *[]*edge) *vm.Scope {
	values := map[string]any{}
	for _, ref := range one.refs {
		name := ref.node.id + "." + ref.export
		content, isFile := r.contents[ref.node.id]
		switch {
		case ref.export == "targets" || (ref.export == "output" && strings.HasPrefix(ref.node.name, "discovery.")):
			values[name] = append([]map[string]string{}, r.targets[ref.node.id]...)
		case isFile && ref.export == "content":
			values[name] = content
		default:
			values[name] = export{name: name, edges: edges}
		}
	}
	variables := protocol.Nested(values)
	variables["constants"] = map[string]any{"hostname": r.Environment["HOSTNAME"], "os": "linux", "arch": "amd64"}
	return vm.NewScope(variables)
}

// readFile gives what a local.file exports.
func (r *run) readFile(one *node) error {
	var args file.Arguments
	_, err := r.evaluate(one, &args)
	r.contents[one.id] = alloytypes.OptionalSecret{IsSecret: args.IsSecret, Value: r.Files[args.Filename]}
	return err
}
