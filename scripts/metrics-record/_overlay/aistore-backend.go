package backend

import (
	"github.com/NVIDIA/aistore/api/apc"
	"github.com/NVIDIA/aistore/core/meta"
	"github.com/NVIDIA/aistore/stats"
)

// Register registers the metrics of a backend.
func Register(tracker stats.Tracker, node *meta.Snode) {
	backend := base{provider: apc.AWS}
	backend.init(node, tracker, true)
}
