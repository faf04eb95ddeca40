"""What a program's accessibility cache answers, read from its bytes: GLib's unpack() builds each value by itself, and takes longer
than the program takes to answer."""

import collections
import functools

import pyatspi

VISIBLE = 1 << int(pyatspi.STATE_VISIBLE)
SENSITIVE = 1 << int(pyatspi.STATE_SENSITIVE)
PLACED = b"org.a11y.atspi.Component\0"

Entry = collections.namedtuple("Entry", "path parent index count placed name role visible sensitive")

# GVariant's serialisation: values of no fixed size are found by where they end, told after them in numbers of this many bytes.
SIZES = ((1 << 8, 1), (1 << 16, 2), (1 << 32, 4))


def _get_size(length):
    return next(size for limit, size in SIZES if length < limit)


def _align(place):
    return (place + 3) & ~3


def _read_int(data, place):
    return int.from_bytes(data[place:place + 4], "little", signed=True)


def _read_ends(data, start, size):
    return [int.from_bytes(data[i:i + size], "little") for i in range(start, len(data), size)]


def _read_path(reference):
    """Of (so): a program and the path of one of its accessibles."""
    size = _get_size(len(reference))
    end = int.from_bytes(reference[-size:], "little")
    return reference[end:-size - 1].decode()


@functools.lru_cache(None)
def _get_role_name(role):
    return pyatspi.Atspi.role_get_name(role)


def _read_entry(data):
    """Of ((so)(so)(so)iiassusau): itself, its program, its parent, its place there, its children, what it can, its name, its role,
    its description, its states."""
    size = _get_size(len(data))
    own, program, parent, interfaces, name, description = reversed(_read_ends(data, len(data) - 6 * size, size))
    index = _align(parent)
    role = _align(name)
    states = _read_int(data, _align(description))
    return Entry(path=_read_path(data[:own]), parent=_read_path(data[program:parent]), index=_read_int(data, index),
                 count=_read_int(data, index + 4), placed=PLACED in data[index + 8:interfaces],
                 name=data[interfaces:name - 1].decode(), role=_get_role_name(_read_int(data, role)),
                 visible=bool(states & VISIBLE), sensitive=bool(states & SENSITIVE))


def read_entries(answer):
    """@answer: of GetItems, on a computer that counts from the little end."""
    data = answer.get_child_value(0).get_data_as_bytes().get_data()
    if not data:
        return []
    size = _get_size(len(data))
    table = int.from_bytes(data[-size:], "little")
    starts = [0] + [_align(end) for end in _read_ends(data, table, size)]
    return [_read_entry(data[start:end]) for start, end in zip(starts, _read_ends(data, table, size))]
