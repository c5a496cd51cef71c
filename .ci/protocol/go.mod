module protocol

go 1.26
