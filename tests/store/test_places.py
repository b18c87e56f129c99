"""Network drives and synced folders are told from this computer's own disks."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store.places import Kind, place_of

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//server/share /mnt/council\\040share cifs rw 0 0
server:/home /mnt/home nfs4 rw 0 0
/dev/sdb1 /mnt/home/local ext4 rw 0 0
host:/x /mnt/ssh fuse.sshfs rw 0 0
vault /mnt/vault fuse.gocryptfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind", "by"),
    [
        ("/home/una/week.pweek", Kind.LOCAL, ""),
        ("/mnt/council share/week.pweek", Kind.NETWORK, ""),
        ("/mnt/council share of mine/week.pweek", Kind.LOCAL, ""),
        ("/mnt/home/una/week.pweek", Kind.NETWORK, ""),
        ("/mnt/home/local/week.pweek", Kind.LOCAL, ""),
        ("/mnt/ssh/week.pweek", Kind.NETWORK, ""),
        ("/mnt/vault/week.pweek", Kind.LOCAL, ""),
        ("\\\\server\\share\\week.pweek", Kind.NETWORK, ""),
        ("\\\\?\\UNC\\server\\share\\week.pweek", Kind.NETWORK, ""),
        ("/home/una/OneDrive/week.pweek", Kind.SYNCED, "OneDrive"),
        ("/home/una/OneDrive - Example Council/Weeks/week.pweek", Kind.SYNCED, "OneDrive"),
        ("/Users/una/Library/CloudStorage/OneDrive-Example/week.pweek", Kind.SYNCED, "OneDrive"),
        ("/home/una/Dropbox (Council)/week.pweek", Kind.SYNCED, "Dropbox"),
        ("/home/una/Google Drive/week.pweek", Kind.SYNCED, "Google Drive"),
        ("/Users/una/Library/Mobile Documents/com~apple~CloudDocs/week.pweek", Kind.SYNCED, "iCloud"),
        ("/home/una/iCloudDrive/week.pweek", Kind.SYNCED, "iCloud"),
        ("/home/una/old onedrive files/week.pweek", Kind.LOCAL, ""),
        ("/home/una/OneDrive.pweek", Kind.LOCAL, ""),
    ],
)
def test_where_a_file_lies(path: str, kind: Kind, by: str) -> None:
    found = place_of(Path(path), mounts=MOUNTS, environment={})
    assert (found.kind, found.by) == (kind, by)


def test_windows_tells_where_its_onedrive_lies() -> None:
    told = {"OneDriveCommercial": "/home/una/Council files"}
    assert place_of(Path("/home/una/Council files/a/week.pweek"), mounts=MOUNTS, environment=told).by == "OneDrive"
    assert place_of(Path("/home/una/Council files too/week.pweek"), mounts=MOUNTS, environment=told).is_local
