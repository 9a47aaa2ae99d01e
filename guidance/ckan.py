"""Home of reading a table of open data over CKAN: by page, resumed after a break, whole or not at all."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from guidance.errors import UnusableFile

ROWS_A_PAGE = 1000
TRIES, SECONDS_TO_WAIT, SECONDS_TO_CONNECT = 4, 60.0, 10.0
ANEW_AT_MOST = 2
AGENT = "Klaskompas (study-choice assistant for schools)"
# DUO keeps rows that no longer hold among the others, when it has this column.
STATUS, OVER = "STATUS", "HISTORISCH"
# Beside a table may stand a file that only counts its rows.
CONTROL = "controlebestand"

Row = dict[str, str]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Resource:
    """One table of a dataset: in the data store, or only as a file."""

    id: str
    name: str
    url: str
    is_in_store: bool
    changed: str


class Ckan:
    """A CKAN service; pages that were fetched wait in the folder until their table is whole."""

    def __init__(
        self,
        address: str,
        folder: Path,
        *,
        progress: Progress,
        timeout: float = SECONDS_TO_WAIT,
        wait: float = 1.0,
    ) -> None:
        self._address, self._folder, self._progress = address.rstrip("/"), folder, progress
        self._timeout = (min(SECONDS_TO_CONNECT, timeout), timeout)
        retry = Retry(
            TRIES, backoff_factor=wait, status_forcelist=(429, 500, 502, 503, 504), raise_on_status=False
        )
        self.days: dict[str, str] = {}
        """The day on which each table that was read last changed, as far as the service tells."""
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def read(self, dataset: str, needed: set[str]) -> list[Row]:
        """Return the rows of a dataset that hold, or raise UnusableFile and keep the pages for next time."""
        resource = self._resource(dataset)
        self.days[dataset] = _day(resource.changed)
        rows = self._stored(dataset, resource) if resource.is_in_store else self._file(resource)
        if not rows:
            raise UnusableFile(f"{dataset}: no rows")
        if missing := sorted(needed - set(rows[0])):
            raise UnusableFile(f"{dataset}: no column {', '.join(missing)}")
        return [row for row in rows if row.get(STATUS) != OVER]

    def forget(self) -> None:
        """Remove the pages that were kept."""
        for page in self._folder.glob("*.json"):
            page.unlink()

    def _resource(self, dataset: str) -> Resource:
        found = self._ask("package_show", id=dataset).get("resources") or []
        tables = [
            one
            for one in found
            if str(one.get("format", "")).upper() == "CSV"
            and CONTROL not in str(one.get("name", "")).casefold()
        ]
        if not tables:
            raise UnusableFile(f"{dataset}: no table")
        table = max(tables, key=lambda one: bool(one.get("datastore_active")))
        changed = str(table.get("last_modified") or table.get("metadata_modified") or "")
        return Resource(
            str(table["id"]),
            str(table.get("name", "")),
            str(table.get("url", "")),
            bool(table.get("datastore_active")),
            changed,
        )

    def _stored(self, dataset: str, resource: Resource) -> list[Row]:
        """Read page by page; a table that changes meanwhile is read anew."""
        for _ in range(ANEW_AT_MOST + 1):
            rows: list[Row] = []
            total = None
            for page in self._pages(dataset, resource):
                if total not in (None, page["total"]):
                    break
                total = page["total"]
                rows += [_plain(record) for record in page["records"]]
            else:
                if len(rows) == total:
                    return rows
                raise UnusableFile(f"{dataset}: {len(rows)} of {total} rows")
            self._forget_pages(resource)
        raise UnusableFile(f"{dataset}: changes while it is read")

    def _pages(self, dataset: str, resource: Resource) -> Iterator[dict[str, Any]]:
        offset, total = 0, 1
        while offset < total:
            page = self._page(resource, offset)
            total = page["total"]
            yield page
            if not page["records"] and offset < total:
                return
            offset += len(page["records"])
            self._progress(dataset, offset, total)

    def _page(self, resource: Resource, offset: int) -> dict[str, Any]:
        kept = self._folder / f"{_safe(resource.id)}-{_safe(resource.changed)}-{offset}.json"
        if kept.exists():
            page: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
            return page
        answer = self._ask(
            "datastore_search",
            resource_id=resource.id,
            limit=str(ROWS_A_PAGE),
            offset=str(offset),
            sort="_id",
        )
        if not isinstance(answer.get("total"), int) or not isinstance(answer.get("records"), list):
            raise UnusableFile(f"{resource.name}: no page of rows")
        page = {"total": answer["total"], "records": answer["records"]}
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(".new")
        beside.write_text(json.dumps(page), encoding="utf-8")
        beside.replace(kept)
        return page

    def _forget_pages(self, resource: Resource) -> None:
        for page in self._folder.glob(f"{_safe(resource.id)}-*.json"):
            page.unlink()

    def _file(self, resource: Resource) -> list[Row]:
        text = self._get(resource.url, {}).content.decode("utf-8-sig", errors="replace")
        first = text.partition("\n")[0]
        rows = csv.DictReader(
            io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
        )
        return [{key: value or "" for key, value in row.items() if key} for row in rows]

    def _ask(self, action: str, **asked: str) -> dict[str, Any]:
        response = self._get(f"{self._address}/{action}", asked)
        try:
            answer = response.json()
        except requests.JSONDecodeError as error:
            raise UnusableFile(f"{action}: no JSON") from error
        if (
            not isinstance(answer, dict)
            or answer.get("success") is not True
            or not isinstance(answer.get("result"), dict)
        ):
            raise UnusableFile(f"{action}: not answered")
        return dict(answer["result"])

    def _get(self, address: str, asked: dict[str, str]) -> requests.Response:
        try:
            response = self._session.get(address, params=asked, timeout=self._timeout)
            response.raise_for_status()
        except requests.RequestException as error:
            raise UnusableFile(f"{address}: {type(error).__name__}") from error
        return response


def _plain(record: dict[str, Any]) -> Row:
    return {name: "" if value is None else str(value) for name, value in record.items() if name != "_id"}


def _day(moment: str) -> str:
    """Return the day of a moment as the service writes it; nothing when it is none."""
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        return ""


def _safe(text: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in text)
