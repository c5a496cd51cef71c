package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

type validateRequest struct {
	YAML string `json:"yaml"`
}

// verdict is what the API server thinks of one object.
type verdict struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	// Errors are why it is refused; none: it would be created.
	Errors   []string `json:"errors"`
	Warnings []string `json:"warnings"`
}

// validate judges every object of a YAML stream as kubectl create --validate=strict would have it judged.
func validate(request validateRequest) (any, error) {
	documents := yaml.NewYAMLReader(bufio.NewReader(strings.NewReader(request.YAML)))
	verdicts := []verdict{}
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return verdicts, nil
		}
		if err != nil {
			return nil, err
		}
		if empty(document) {
			continue
		}
		verdicts = append(verdicts, judge(document))
	}
}

// empty documents hold comments and separators only; they make no object.
func empty(document []byte) bool {
	for line := range strings.Lines(string(document)) {
		text := strings.TrimSpace(line)
		if text != "" && text != "---" && !strings.HasPrefix(text, "#") {
			return false
		}
	}
	return true
}

func judge(document []byte) verdict {
	judged := verdict{Errors: []string{}, Warnings: []string{}}
	object, kind, err := decode(document)
	judged.Errors = append(judged.Errors, decodingErrors(err)...)
	if kind != nil {
		judged.Kind = kind.Kind
	}
	if object == nil {
		return judged
	}

	if strings.Contains(kind.Version, "alpha") || strings.Contains(kind.Version, "beta") {
		// The scheme still reads versions that servers no longer serve, or only when asked to.
		judged.Errors = append(judged.Errors, "apiVersion: "+kind.GroupVersion().String()+" is not served by default")
	}
	strategy, ok := strategies[kind.GroupKind()]
	if !ok {
		judged.Errors = append(judged.Errors, fmt.Sprintf("no strategy for %s: add it to strategies.go", kind))
		return judged
	}
	metadata, err := meta.Accessor(object)
	if err != nil {
		judged.Errors = append(judged.Errors, err.Error())
		return judged
	}
	judged.Namespace, judged.Name = metadata.GetNamespace(), metadata.GetName()
	if judged.Namespace != "" && !strategy.NamespaceScoped() {
		// The server drops it silently, GitOps tools then see a difference for ever.
		judged.Errors = append(judged.Errors, "metadata.namespace: Forbidden: "+kind.Kind+" is cluster-scoped")
		metadata.SetNamespace("")
	}

	ctx := request.WithNamespace(context.Background(), metadata.GetNamespace())
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{APIGroup: kind.Group, APIVersion: kind.Version, Verb: "create"})
	rest.FillObjectMetaSystemFields(metadata)
	judged.Errors = append(judged.Errors, creationErrors(rest.BeforeCreate(strategy, ctx, object))...)
	judged.Warnings = append(judged.Warnings, strategy.WarningsOnCreate(ctx, object)...)
	return judged
}

// decode returns the object with its defaults set, also where it has unknown or duplicate fields.
func decode(document []byte) (runtime.Object, *schema.GroupVersionKind, error) {
	info, ok := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), runtime.ContentTypeYAML)
	if !ok {
		return nil, nil, errors.New("the scheme has no YAML serializer")
	}
	decoder := legacyscheme.Codecs.DecoderToVersion(info.StrictSerializer, runtime.InternalGroupVersioner)
	return decoder.Decode(document, nil, nil)
}

func decodingErrors(err error) []string {
	if err == nil {
		return nil
	}
	strict, ok := runtime.AsStrictDecodingError(err)
	if !ok {
		return []string{err.Error()}
	}
	messages := []string{}
	for _, each := range strict.Errors() {
		messages = append(messages, each.Error())
	}
	return messages
}

func creationErrors(err error) []string {
	if err == nil {
		return nil
	}
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.ErrStatus.Details == nil || len(status.ErrStatus.Details.Causes) == 0 {
		return []string{err.Error()}
	}
	messages := []string{}
	for _, cause := range status.ErrStatus.Details.Causes {
		messages = append(messages, cause.Field+": "+cause.Message)
	}
	return messages
}
