"""CloudFront: what it keeps of pages is forgotten by an invalidation."""

import hashlib
import time
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from release.ports import Edge, PurgeFailed


class CloudFrontEdge(Edge):
    """ports.Edge of a distribution. A site of previews is purged as a whole: the paths of sites are alike."""

    def __init__(self, distribution: str, cloudfront: Any) -> None:
        self._distribution, self._cloudfront = distribution, cloudfront

    def purge(self, paths: Sequence[str]) -> None:
        """Begin to forget; it takes CloudFront some seconds."""
        wanted = sorted(set(paths))
        reference = hashlib.sha256(f"{time.time()} {wanted}".encode()).hexdigest()[:32]
        batch = {"Paths": {"Quantity": len(wanted), "Items": wanted}, "CallerReference": reference}
        try:
            self._cloudfront.create_invalidation(DistributionId=self._distribution, InvalidationBatch=batch)
        except (ClientError, BotoCoreError) as error:
            raise PurgeFailed(f"CloudFront was not told ({type(error).__name__}).") from error
