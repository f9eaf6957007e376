package convert

import (
	"strconv"
	"strings"
	"unicode"
)

// unknownSymbol stands where a font's own sign has no character.
const unknownSymbol = "〓"

// symbolFonts are what the symbol fonts show for some of their codes.
var symbolFonts = map[string]map[rune]string{
	"wingdings": {
		0x6c: "●", 0x6e: "■", 0x6f: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆",
		0xa1: "○", 0xa7: "▪", 0xa8: "□", 0xab: "★", 0xb2: "☆", 0xd8: "➢", 0xe0: "→", 0xfb: "✗", 0xfc: "✓", 0xfd: "☒", 0xfe: "☑",
	},
	"wingdings 2": {0x4f: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xa3: "□", 0x98: "●"},
	"symbol": {
		0xa3: "≤", 0xa5: "∞", 0xb0: "°", 0xb1: "±", 0xb2: "″", 0xb3: "≥", 0xb4: "×", 0xb7: "·", 0xb8: "÷", 0xb9: "≠",
		0xbb: "≈", 0xae: "→", 0xd7: "⋅", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6d: "μ", 0x70: "π", 0x57: "Ω", 0x53: "Σ",
	},
}

// symbolText is the character of a w:sym. The codes of symbol fonts lie from U+F000 on.
func symbolText(font, char string) (text string, known bool) {
	code, err := strconv.ParseUint(char, 16, 32)
	if err != nil {
		return unknownSymbol, false
	}
	r := rune(code)
	if r >= 0xf000 && r <= 0xf0ff {
		r -= 0xf000
	}
	if set, ok := symbolFonts[strings.ToLower(font)]; ok {
		if s, ok := set[r]; ok {
			return s, true
		}
		if unicode.IsDigit(r) && strings.EqualFold(font, "symbol") || r == ' ' {
			return string(r), true
		}
		return unknownSymbol, false
	}
	lower := strings.ToLower(font)
	if strings.Contains(lower, "wingdings") || strings.Contains(lower, "webdings") || !unicode.IsGraphic(r) {
		return unknownSymbol, false
	}
	return string(r), true
}

// ringedNumber is the number in a ringed digit: 21 of ㉑.
func ringedNumber(r rune) string {
	switch {
	case r >= '①' && r <= '⑳':
		return strconv.Itoa(int(r-'①') + 1)
	case r >= '㉑' && r <= '㉟':
		return strconv.Itoa(int(r-'㉑') + 21)
	}
	return strconv.Itoa(int(r-'㊱') + 36)
}
