package convert

import "context"

func readDoc(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
func readPDF(ctx context.Context, name string, data []byte, opt Options) (*Document, error) {
	return nil, nil
}
