package main

import "regexp"

type regexpRequest struct {
	Text   string   `json:"text"`
	Inputs []string `json:"inputs"`
}

// regularExpression tells for each input whether it holds a match.
func regularExpression(request regexpRequest) (any, error) {
	expression, err := regexp.Compile(request.Text)
	if err != nil {
		return nil, err
	}
	matches := make([]bool, len(request.Inputs))
	for i, input := range request.Inputs {
		matches[i] = expression.MatchString(input)
	}
	return matches, nil
}
