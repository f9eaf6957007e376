package convert

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// maxParts is how many parts an archive may have: a paper with a picture on every
// page has some hundreds.
const maxParts = 20_000

// archive is a zip of parts, as Word, Excel and OFD files are, read within bounds:
// what a part says of its own size is not believed.
type archive struct {
	parts map[string]*zip.File // by name, in lower case, without a leading slash
	room  int64                // what may still be unpacked of all
}

func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errorf("请重新拷贝或下载一份，或用原来的软件打开另存", "文件不完整，打不开")
	}
	if len(z.File) > maxParts {
		return nil, errorf("请用原来的软件打开另存一份", "文件里有 %d 个部分，超过 %d 个", len(z.File), maxParts)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), room: MaxAll}
	for _, f := range z.File {
		a.parts[partName(f.Name)] = f
	}
	return a, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(name string) bool { return a.parts[partName(name)] != nil }

// read unpacks a part; nil when there is none.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[partName(name)]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, errorf("请先去掉密码再导入", "文件加了密码")
	}
	r, err := f.Open()
	if err != nil {
		return nil, errorf("请用原来的软件打开另存一份", "文件里有一部分打不开（%s）", f.Name)
	}
	defer r.Close()
	limit := min(int64(MaxPart), a.room)
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, limit+1))
	if err != nil {
		return nil, errorf("请重新拷贝或下载一份，或用原来的软件打开另存", "文件里有一部分不完整（%s）", f.Name)
	}
	if n > limit {
		return nil, errorf("请用原来的软件打开另存一份，删去里面的附件和图片", "文件解开以后太大，超过 %d MB", MaxPart/mebibyte)
	}
	a.room -= n
	return out.Bytes(), nil
}
