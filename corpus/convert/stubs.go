package convert

import "context"

func readDocx(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readDoc(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readPDF(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
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
