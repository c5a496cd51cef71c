package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// access is what a pod has to reach the API: the network, its environment and its service account's files.
type access struct {
	// Process is one whose network it is.
	Process int `json:"process"`

	Host string `json:"host"`
	Port string `json:"port"`
	CA   string `json:"ca"`
	// Key is that of the CA's certificate, which is the API's own.
	Key   string `json:"key"`
	Token string `json:"token"`
}

// kubernetes is the part of the API that discovers pods and reads their logs. Its pods don't change once added:
// add them before the agent starts.
type kubernetes struct {
	access access

	mutex sync.Mutex
	pods  []*pod
}

type pod struct {
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Container string            `json:"container"`
	Labels    map[string]string `json:"labels"`

	mutex   sync.Mutex
	lines   []line
	written chan struct{}
}

type line struct {
	time time.Time
	text string
}

func newKubernetes() (*kubernetes, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	certificate, ca, key, err := selfSigned()
	if err != nil {
		return nil, err
	}
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	made := &kubernetes{access: access{Process: os.Getpid(), Host: host, Port: port, CA: ca, Key: key, Token: "token"}}

	routes := http.NewServeMux()
	routes.HandleFunc("GET /version", func(response http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(response, `{"major":"1","minor":"34","gitVersion":"v1.34.0"}`)
	})
	routes.HandleFunc("GET /api/v1/pods", made.serveList)
	routes.HandleFunc("GET /api/v1/namespaces/{namespace}/pods", made.serveList)
	routes.HandleFunc("GET /api/v1/namespaces/{namespace}/pods/{name}", made.servePod)
	routes.HandleFunc("GET /api/v1/namespaces/{namespace}/pods/{name}/log", made.serveLog)
	server := &http.Server{Handler: routes, TLSConfig: certificate, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.ServeTLS(listener, "", "") }()
	return made, nil
}

func (k *kubernetes) addPod(request struct {
	Pod *pod `json:"pod"`
}) (any, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	request.Pod.written = make(chan struct{})
	k.pods = append(k.pods, request.Pod)
	return len(k.pods), nil
}

// write has a pod write lines: those given, or a number of lines of some size, which count on as "seq=0 ", "seq=1 ".
func (k *kubernetes) write(request struct {
	Name  string   `json:"name"`
	Lines []string `json:"lines"`
	Count int      `json:"count"`
	Size  int      `json:"size"`
}) (any, error) {
	found := k.find(request.Name)
	if found == nil {
		return nil, fmt.Errorf("no pod %s", request.Name)
	}
	found.mutex.Lock()
	defer found.mutex.Unlock()
	for number := range request.Count {
		text := fmt.Sprintf("seq=%d ", len(found.lines)+number)
		request.Lines = append(request.Lines, text+strings.Repeat("x", max(0, request.Size-len(text))))
	}
	// Alloy's positions are microseconds: lines a microsecond apart are told apart, and none comes twice.
	now := time.Now().Truncate(time.Microsecond)
	if count := len(found.lines); count > 0 && !found.lines[count-1].time.Before(now) {
		now = found.lines[count-1].time.Add(time.Microsecond)
	}
	for number, text := range request.Lines {
		found.lines = append(found.lines, line{now.Add(time.Duration(number) * time.Microsecond), text})
	}
	close(found.written)
	found.written = make(chan struct{})
	return len(found.lines), nil
}

func (k *kubernetes) find(name string) *pod {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for _, pod := range k.pods {
		if pod.Name == name {
			return pod
		}
	}
	return nil
}

func (k *kubernetes) serveList(response http.ResponseWriter, request *http.Request) {
	query := request.URL.Query()
	k.mutex.Lock()
	items := []any{}
	for _, pod := range k.pods {
		namespace := request.PathValue("namespace")
		if (namespace == "" || namespace == pod.Namespace) && selects(query.Get("labelSelector"), pod.Labels) {
			items = append(items, pod.object())
		}
	}
	k.mutex.Unlock()

	response.Header().Set("Content-Type", "application/json")
	events := json.NewEncoder(response)
	if query.Get("watch") == "" {
		_ = events.Encode(map[string]any{
			"kind": "PodList", "apiVersion": "v1", "metadata": map[string]any{"resourceVersion": "1"}, "items": items,
		})
		return
	}
	if query.Get("sendInitialEvents") == "true" {
		for _, item := range items {
			_ = events.Encode(map[string]any{"type": "ADDED", "object": item})
		}
		_ = events.Encode(map[string]any{"type": "BOOKMARK", "object": map[string]any{
			"kind": "Pod", "apiVersion": "v1", "metadata": map[string]any{
				"resourceVersion": "1", "annotations": map[string]string{"k8s.io/initial-events-end": "true"},
			},
		}})
	}
	_ = http.NewResponseController(response).Flush()
	<-request.Context().Done()
}

func (k *kubernetes) servePod(response http.ResponseWriter, request *http.Request) {
	found := k.find(request.PathValue("name"))
	if found == nil {
		http.NotFound(response, request)
		return
	}
	response.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(response).Encode(found.object())
}

func (k *kubernetes) serveLog(response http.ResponseWriter, request *http.Request) {
	found := k.find(request.PathValue("name"))
	if found == nil {
		http.NotFound(response, request)
		return
	}
	since, _ := time.Parse(time.RFC3339, request.URL.Query().Get("sinceTime"))
	out := bufio.NewWriterSize(response, 1<<16)
	flush := http.NewResponseController(response).Flush
	for from := 0; ; {
		lines, more := found.linesFrom(from)
		for _, line := range lines {
			if !line.time.Before(since) {
				_, _ = fmt.Fprintf(out, "%s %s\n", line.time.Format(time.RFC3339Nano), line.text)
			}
		}
		from += len(lines)
		if out.Flush() != nil || flush() != nil || !wait(request.Context(), more) {
			return
		}
	}
}

func wait(ctx context.Context, more <-chan struct{}) bool {
	select {
	case <-more:
		return true
	case <-ctx.Done():
		return false
	}
}

func (p *pod) linesFrom(number int) ([]line, <-chan struct{}) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.lines[number:], p.written
}

func (p *pod) object() any {
	running := map[string]any{"running": map[string]any{"startedAt": "2026-01-01T00:00:00Z"}}
	return map[string]any{
		"kind": "Pod", "apiVersion": "v1",
		"metadata": map[string]any{
			"namespace": p.Namespace, "name": p.Name, "uid": p.Namespace + "-" + p.Name, "labels": p.Labels, "resourceVersion": "1",
		},
		"spec": map[string]any{
			"nodeName":   "node",
			"containers": []any{map[string]any{"name": p.Container, "image": "image:1"}},
		},
		"status": map[string]any{
			"phase": "Running", "podIP": "127.0.0.1", "podIPs": []any{map[string]any{"ip": "127.0.0.1"}},
			"containerStatuses": []any{map[string]any{"name": p.Container, "containerID": "containerd://1", "state": running}},
		},
	}
}
