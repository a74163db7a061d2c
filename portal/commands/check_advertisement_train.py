"""`python -m portal check advertisement-train FILE…`: train the learned second reader on labelled cases (dev only)."""

from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--out", default="portal/advertising/learned.npz", show_default=True, type=click.Path(path_type=Path))
def train(files: tuple[str, ...], out: Path) -> None:
    """Train on labelled FILES (JSON Lines: text, categories) and write the model with its size and date."""
    from datetime import UTC, datetime

    import numpy as np
    from sklearn.linear_model import LogisticRegression

    from portal.advertising.learned import encoded
    from portal.advertising.lexicon import CATEGORIES, lexicon
    from portal.advertising.reading.page import read
    from portal.commands.labelled import cases

    labelled = [case for file in files for case in cases(file)]
    texts = [read(case.text, lexicon().sounds).text or "。" for case in labelled]
    numbers = encoded(texts)
    mean, deviation = numbers.mean(axis=0), numbers.std(axis=0)
    scaled = (numbers - mean) / deviation
    answers = [[bool(case.categories) for case in labelled]]
    answers += [[name in case.categories for case in labelled] for name in CATEGORIES]
    fitted = [
        LogisticRegression(C=0.003, max_iter=3000, class_weight=None if row is answers[0] else "balanced").fit(
            scaled, row
        )
        for row in answers
    ]
    np.savez_compressed(
        out,
        trained=f"{datetime.now(UTC):%Y-%m-%d}, {len(labelled)} cases",
        categories=np.array(CATEGORIES),
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
        weights=np.concatenate([each.coef_ for each in fitted]).astype(np.float32),
        bias=np.concatenate([each.intercept_ for each in fitted]).astype(np.float32),
    )
    click.echo(f"{out}: {out.stat().st_size} bytes, {len(labelled)} cases")
