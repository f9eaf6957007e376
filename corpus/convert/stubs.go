package convert

import "context"

func looksHTML(head []byte) bool { return false }

func readDocx(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readOFD(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readXLSX(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readCSV(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readHTML(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readText(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
