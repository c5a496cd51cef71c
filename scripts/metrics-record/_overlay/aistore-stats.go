package stats

import (
	"github.com/NVIDIA/aistore/api/apc"
	"github.com/NVIDIA/aistore/core/meta"

	"github.com/prometheus/client_golang/prometheus"
)

// Recorded is what a node of a kind registers at its start, in its registry.
// register adds what others register on it.
func Recorded(kind string, register func(Tracker, *meta.Snode)) *prometheus.Registry {
	node := &meta.Snode{DaeID: "id", DaeType: kind}
	if kind == apc.Proxy {
		proxy := &Prunner{}
		proxy.core = &coreStats{}
		proxy.core.init(numProxyStats)
		proxy.regCommon(node)
		proxy.regAuth(node)
		proxy.PromHandler()
	} else {
		target := &Trunner{}
		target.core = &coreStats{}
		target.core.init(numTargetStats)
		target.regCommon(node)
		target.disk.metrics = map[string]dmetric{}
		target.RegDiskMetrics(node, "nvme0n1")
		target.RegMetrics(node)
		register(target, node)
		target.PromHandler()
	}
	RegSmapMetrics(noMap{})
	return promRegistry
}

// noMap is a node's knowledge of its cluster before it has any.
type noMap struct{ meta.Sowner }

func (noMap) Get() *meta.Smap { return nil }
