// Package protocol answers JSON requests, one a line, on standard input with
// JSON responses, one a line, on standard output.
//
// A request names its operation: {"id":1,"op":"format","text":"..."}. The
// response repeats the id and holds one of
//
//   - "result": what the operation found,
//   - "error": why the engine refuses the input,
//   - "fault": why the request itself could not be handled.
//
// The first two are answers; a fault is a mistake of the caller or of the program.
package protocol

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Operation handles one kind of request. An error that it returns is the
// engine's verdict on the input, unless it is made by [Fault].
type Operation func(request json.RawMessage) (any, error)

type fault struct{ error }

// Fault marks an error as the request's, not the input's.
func Fault(err error) error { return fault{err} }

// Typed makes an Operation of a function that takes the request's fields as a struct.
func Typed[Request any](operation func(Request) (any, error)) Operation {
	return func(raw json.RawMessage) (any, error) {
		var request Request
		if err := json.Unmarshal(raw, &request); err != nil {
			return nil, Fault(err)
		}
		return operation(request)
	}
}

type response struct {
	ID     int    `json:"id"`
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
	Fault  string `json:"fault,omitempty"`
}

// Serve answers requests until the input ends.
func Serve(in io.Reader, out io.Writer, operations map[string]Operation) error {
	requests := json.NewDecoder(in)
	responses := json.NewEncoder(out)
	responses.SetEscapeHTML(false)

	for {
		var raw json.RawMessage
		if err := requests.Decode(&raw); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := responses.Encode(answer(raw, operations)); err != nil {
			return err
		}
	}
}

func answer(raw json.RawMessage, operations map[string]Operation) (answer response) {
	var header struct {
		ID int    `json:"id"`
		Op string `json:"op"`
	}
	if err := json.Unmarshal(raw, &header); err != nil {
		return response{Fault: err.Error()}
	}
	answer.ID = header.ID

	// An engine that panics on an input must not take the other requests down.
	defer func() {
		if problem := recover(); problem != nil {
			answer = response{ID: header.ID, Fault: fmt.Sprintf("panic: %v", problem)}
		}
	}()

	operation, ok := operations[header.Op]
	if !ok {
		answer.Fault = fmt.Sprintf("unknown op %q", header.Op)
		return answer
	}
	result, err := operation(raw)
	switch {
	case err == nil:
		answer.Result = result
	case errors.As(err, new(fault)):
		answer.Fault = err.Error()
	default:
		answer.Error = err.Error()
	}
	return answer
}
