"""A tiny name server on this machine: answers by UDP what a table of records says."""

import socketserver
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.contract.serving import at_work

Records = Mapping[tuple[str, str], Sequence[str]]


class NameServer(socketserver.ThreadingUDPServer):
    """Records by name and kind, as they stand in a zone. With `silent` it never answers."""

    daemon_threads = True

    def __init__(self, records: Records, *, silent: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Question)
        self.records, self.silent = records, silent

    @property
    def address(self) -> str:
        """Where it is, as DNS_SERVER has it."""
        return f"127.0.0.1:{self.server_address[1]}"


class _Question(socketserver.BaseRequestHandler):
    server: NameServer

    def handle(self) -> None:
        data, line = self.request
        if self.server.silent:
            return
        asked = dns.message.from_wire(data)
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        name, kind = asked.question[0].name, dns.rdatatype.to_text(asked.question[0].rdtype)
        plain = name.to_text(omit_final_dot=True).lower()
        found = self.server.records.get((plain, kind), ())
        if found:
            answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, list(found)))
        elif not any(known == plain for known, _ in self.server.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        line.sendto(answer.to_wire(), self.client_address)


@contextmanager
def name_server(records: Records, *, silent: bool = False) -> Iterator[NameServer]:
    """A name server for as long as the block lasts."""
    with at_work(NameServer(records, silent=silent)) as server:
        yield server
