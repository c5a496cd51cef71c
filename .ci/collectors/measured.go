package main

import (
	"io"
	"log/slog"
	"path/filepath"
	"sort"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/node_exporter/collector"

	"protocol"
)

// What is measured of a node.
type node struct {
	// The folder that stands for its root.
	Root string
	// What prometheus.exporter.unix is told, by the name of the block and of
	// its argument. What is missing is as Alloy has it by default.
	DiskInclude, InterfaceExclude, MountExclude, FSTypeExclude string
}

// The names of what is measured, by collector, and how many series there are.
type found struct {
	Names  map[string][]string `json:"names"`
	Series map[string]int      `json:"series"`
}

// The label that names what is measured.
var labels = map[string]string{
	"diskstats": "device", "filesystem": "mountpoint", "netclass": "device", "netdev": "device",
}

// measured reads a node that is made of files, as the exporter does that Alloy
// makes of the same arguments: internal/static/integrations/node_exporter. The
// network is read of files and not by netlink, which knows no other node than
// this one.
func measured(of node) (any, error) {
	answer := found{Names: map[string][]string{}, Series: map[string]int{}}
	for name := range labels {
		one, err := collector.NewNodeCollector(config(of, name), slog.New(slog.NewTextHandler(io.Discard, nil)))
		if err != nil {
			return nil, err
		}
		registry := prometheus.NewRegistry()
		if err := registry.Register(one); err != nil {
			return nil, protocol.Fault(err)
		}
		families, err := registry.Gather()
		if err != nil {
			return nil, err
		}
		names := map[string]bool{}
		for _, family := range families {
			for _, metric := range family.GetMetric() {
				for _, label := range metric.GetLabel() {
					if label.GetName() == labels[name] {
						names[label.GetValue()] = true
						answer.Series[name]++
					}
				}
			}
		}
		for one := range names {
			answer.Names[name] = append(answer.Names[name], one)
		}
		sort.Strings(answer.Names[name])
	}
	return answer, nil
}

func config(of node, name string) *collector.NodeCollectorConfig {
	proc, sys, udev := filepath.Join(of.Root, "proc"), filepath.Join(of.Root, "sys"), filepath.Join(of.Root, "run/udev/data")
	empty, off, timeout, workers := "", false, 5*time.Second, 1
	return &collector.NodeCollectorConfig{
		Collectors: map[string]bool{name: true},
		Path: collector.PathConfig{
			ProcPath: &proc, SysPath: &sys, RootfsPath: &of.Root, UdevDataPath: &udev,
		},
		DiskstatsDeviceFilter: collector.DiskstatsDeviceFilterConfig{
			DeviceInclude: &of.DiskInclude, DeviceExclude: &empty, OldDeviceExclude: &empty,
		},
		Filesystem: collector.FilesystemConfig{
			MountPointsExclude: &of.MountExclude, MountPointsExcludeSet: true, OldMountPointsExcluded: &empty,
			FSTypesExclude: &of.FSTypeExclude, FSTypesExcludeSet: true, OldFSTypesExcluded: &empty,
			MountTimeout: &timeout, StatWorkerCount: &workers,
		},
		NetClass: collector.NetClassConfig{
			IgnoredDevices: &of.InterfaceExclude, InvalidSpeed: &off, Netlink: &off, RTNLWithStats: &off,
		},
		NetDev: collector.NetDevConfig{
			DeviceExclude: &of.InterfaceExclude, DeviceInclude: &empty,
			OldDeviceExclude: &empty, OldDeviceInclude: &empty,
			AddressInfo: &off, DetailedMetrics: &off, Netlink: &off,
		},
	}
}
