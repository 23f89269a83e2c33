// Verifies a log directory with golang.org/x/mod/sumdb, which knows nothing of Slipway:
//
//	verify DIRECTORY VERIFIER OLD_SIZE OLD_ROOT
//
// Opens the checkpoint, proves the inclusion of every entry from the tiles (of a sample of about 2,000
// if there are more), and that the tree extends the older one. Prints "ok" and the size.
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type directory string

func (d directory) Height() int { return 8 }

func (d directory) SaveTiles([]tlog.Tile, [][]byte) {}

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(d), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (d directory) bundle(n, size int64) []byte {
	tile := tlog.Tile{H: 8, L: 0, N: n, W: 256}
	if size-n*256 < 256 {
		tile.W = int(size - n*256)
	}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(string(d), path))
	check(err)
	return data
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	dir := directory(os.Args[1])
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	message, err := os.ReadFile(filepath.Join(os.Args[1], "checkpoint"))
	check(err)
	signed, err := note.Open(message, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)

	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, dir)
	for n := int64(0); n*256 < size; n++ {
		data := dir.bundle(n, size)
		for i := n * 256; len(data) > 0; i++ {
			length := int(binary.BigEndian.Uint16(data))
			if i%(1+size/2000) == 0 {
				proof, err := tlog.ProveRecord(size, i, hashes)
				check(err)
				check(tlog.CheckRecord(proof, size, root, i, tlog.RecordHash(data[2:2+length])))
			}
			data = data[2+length:]
		}
	}

	oldSize, err := strconv.ParseInt(os.Args[3], 10, 64)
	check(err)
	oldRoot, err := tlog.ParseHash(os.Args[4])
	check(err)
	proof, err := tlog.ProveTree(size, oldSize, hashes)
	check(err)
	check(tlog.CheckTree(proof, size, root, oldSize, oldRoot))
	fmt.Println("ok", size)
}
