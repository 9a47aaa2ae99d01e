"""What the safeguarding contacts of a school read, and nobody else."""

from fastapi import APIRouter

from web.portal.refusals import NotedRefusals

router = APIRouter(dependencies=[NotedRefusals])
