package main

import "golang.org/x/sys/unix"

// networks are file systems on other machines, by their magic numbers.
var networks = map[uint32]string{
	unix.NFS_SUPER_MAGIC: "NFS", unix.SMB_SUPER_MAGIC: "SMB", unix.SMB2_SUPER_MAGIC: "SMB", unix.CIFS_SUPER_MAGIC: "CIFS",
	unix.V9FS_MAGIC: "9P", unix.AFS_SUPER_MAGIC: "AFS", unix.CEPH_SUPER_MAGIC: "Ceph", unix.CODA_SUPER_MAGIC: "Coda", unix.NCP_SUPER_MAGIC: "NCP",
}

// roomOn is what is left on the file system of a folder.
func roomOn(dir string) (left room, known bool, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return room{}, false, err
	}
	left = room{bytes: s.Bavail * uint64(s.Bsize), files: s.Ffree, network: networks[uint32(s.Type)]}
	if s.Files == 0 { // makes files as it needs them
		left.files = 1
	}
	return left, true, nil
}
