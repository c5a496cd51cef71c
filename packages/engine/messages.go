package main

type request struct {
	// Config is the text of a whole configuration.
	Config string  `json:"config"`
	Inputs []input `json:"inputs"`
	// Environment are the environment variables; HOSTNAME is what constants.hostname says, too.
	Environment map[string]string `json:"environment"`
	// Files are texts by path, as local.file reads them. One that isn't there is empty.
	Files map[string]string `json:"files"`
}

// input is data that a component is given, by the name of the export that takes it. One that isn't run and sends on
// what it reads, such as a receiver of OTLP, or whose targets are given, is named alone.
type input struct {
	To string `json:"to"`
	data
}

type response struct {
	Steps []step `json:"steps"`
	// Arrived is what came to where nothing is run: exporters, and components that aren't known here.
	Arrived []arrival `json:"arrived"`
	// Errors are what components said of the data.
	Errors []string `json:"errors"`
}

// step is what a component, or a part of it, made of what it got.
type step struct {
	// Input is the index of the input that this comes of.
	Input     int    `json:"input"`
	Component string `json:"component"`
	// Stage is absent where the step is the component as a whole.
	Stage *stage `json:"stage,omitempty"`
	In    data   `json:"in"`
	Out   data   `json:"out"`
	// Dropped counts lines by the reason that the stage gives.
	Dropped map[string]int `json:"dropped,omitempty"`
	// Note says where the step isn't what would be done in a cluster.
	Note string `json:"note,omitempty"`
}

// stage is a block within a component.
type stage struct {
	Name string `json:"name"`
	// Path is its place among the blocks of its name, and that of what it is in before it.
	Path []int `json:"path"`
}

type arrival struct {
	Input int    `json:"input"`
	At    string `json:"at"`
	// NotRun is set where what the component makes of it isn't known here: it is none that ends a pipeline.
	NotRun bool `json:"not_run,omitempty"`
	data
}
