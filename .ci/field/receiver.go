package main

import (
	"compress/gzip"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
)

// conduct is how a receiver answers.
type conduct struct {
	// Status is the answer to all that the rules below don't refuse; 0 is 200.
	Status int `json:"status"`
	// MaxBytes is the largest request taken, uncompressed. Loki answers 500 to a larger one, which its gateway makes 503.
	MaxBytes int `json:"maxBytes"`
	// InOrder refuses, with 400, a request with a sample older than one before it of its series, in that request or an
	// earlier one, as Prometheus does.
	InOrder bool `json:"inOrder"`
	// DelayMs is how long it waits before it answers.
	DelayMs int `json:"delayMs"`
}

// receiver is an OTLP destination that counts.
type receiver struct {
	address string

	mutex   sync.Mutex
	conduct conduct
	counts  counts
	newest  map[string]int64
	jobs    map[string]*job
	lines   map[string]map[int]bool
}

// counts is what a receiver saw. Only what was answered with 200 counts as received.
type counts struct {
	Answers map[int]int `json:"answers"`
	// Largest is the size of the largest request, uncompressed.
	Largest int `json:"largest"`
	// Records counts log records by the pod that wrote them, Distinct those of each with a number of their own.
	Records  map[string]int `json:"records"`
	Distinct map[string]int `json:"distinct"`
	Samples  int            `json:"samples"`
	// Refused counts the samples in requests answered with 400: they are never sent again.
	Refused int `json:"refused"`
	// Last holds resource and record attributes of the last record of each pod.
	Last map[string]map[string]any `json:"last"`
}

func newReceiver(rules conduct) (*receiver, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	made := &receiver{
		address: listener.Addr().String(),
		conduct: rules,
		counts: counts{
			Answers: map[int]int{}, Records: map[string]int{}, Distinct: map[string]int{}, Last: map[string]map[string]any{},
		},
		newest: map[string]int64{},
		jobs:   map[string]*job{},
		lines:  map[string]map[int]bool{},
	}
	go func() { _ = http.Serve(listener, made) }()
	return made, nil
}

func (r *receiver) behave(rules conduct) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.conduct = rules
}

func (r *receiver) report() counts {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	report := r.counts
	report.Answers, report.Records, report.Last = maps.Clone(report.Answers), maps.Clone(report.Records), maps.Clone(report.Last)
	report.Distinct = map[string]int{}
	for pod, numbers := range r.lines {
		report.Distinct[pod] = len(numbers)
	}
	return report
}

func (r *receiver) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	body, err := read(request)
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	r.mutex.Lock()
	delay := time.Duration(r.conduct.DelayMs) * time.Millisecond
	r.mutex.Unlock()
	time.Sleep(delay)

	r.mutex.Lock()
	defer r.mutex.Unlock()
	status := r.answer(request.URL.Path, body)
	r.counts.Answers[status]++
	response.Header().Set("Content-Type", "application/x-protobuf")
	response.WriteHeader(status)
}

func (r *receiver) answer(path string, body []byte) int {
	r.counts.Largest = max(r.counts.Largest, len(body))
	if r.conduct.Status != 0 && r.conduct.Status != http.StatusOK {
		return r.conduct.Status
	}
	if r.conduct.MaxBytes != 0 && len(body) > r.conduct.MaxBytes {
		return http.StatusServiceUnavailable
	}
	if strings.HasSuffix(path, "/v1/metrics") {
		return r.takeMetrics(body)
	}
	return r.takeLogs(body)
}

func (r *receiver) takeMetrics(body []byte) int {
	request := pmetricotlp.NewExportRequest()
	if err := request.UnmarshalProto(body); err != nil {
		return http.StatusBadRequest
	}
	samples := samplesOf(request.Metrics())
	newest := map[string]int64{}
	for _, sample := range samples {
		before := max(r.newest[sample.series], newest[sample.series])
		if r.conduct.InOrder && sample.time < before {
			r.counts.Refused += len(samples)
			return http.StatusBadRequest
		}
		newest[sample.series] = max(before, sample.time)
	}
	maps.Copy(r.newest, newest)
	takeJobs(r.jobs, request.Metrics())
	r.counts.Samples += len(samples)
	return http.StatusOK
}

// seriesOf is what a receiver has of a job.
func (r *receiver) seriesOf(name string) job {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	found, ok := r.jobs[name]
	if !ok {
		return job{Series: map[string]series{}}
	}
	return job{maps.Clone(found.Series), found.Samples, found.Bytes}
}

func (r *receiver) takeLogs(body []byte) int {
	request := plogotlp.NewExportRequest()
	if err := request.UnmarshalProto(body); err != nil {
		return http.StatusBadRequest
	}
	for _, record := range recordsOf(request.Logs()) {
		r.counts.Records[record.pod]++
		r.counts.Last[record.pod] = record.attributes
		if record.number >= 0 {
			if r.lines[record.pod] == nil {
				r.lines[record.pod] = map[int]bool{}
			}
			r.lines[record.pod][record.number] = true
		}
	}
	return http.StatusOK
}

func read(request *http.Request) ([]byte, error) {
	if request.Header.Get("Content-Encoding") != "gzip" {
		return io.ReadAll(request.Body)
	}
	unpacked, err := gzip.NewReader(request.Body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}
