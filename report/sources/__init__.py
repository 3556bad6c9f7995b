"""The file formats that studies come in: a module each, none knows what a study is."""
