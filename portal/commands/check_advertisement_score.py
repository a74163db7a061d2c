"""`python -m portal check advertisement-score FILE`: how well the check agrees with labelled cases."""

from collections import Counter

import click

from portal.commands.labelled import Case, cases


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--patterns-only", is_flag=True, help="Leave the learned second reader out.")
def score(files: tuple[str, ...], patterns_only: bool) -> None:
    """Print verdict accuracy and F1 by kind and by category; never a text."""
    from portal.advertising.rules import check

    judged = [
        (case, frozenset(check(case.text, learned=not patterns_only)["categories"]))
        for file in files
        for case in cases(file)
    ]
    for line in _table(judged):
        click.echo(line)


def _table(judged: list[tuple[Case, frozenset[str]]]) -> list[str]:
    true, extra, missed, kinds, right = Counter[str](), Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for case, found in judged:
        true.update(case.categories & found)
        extra.update(found - case.categories)
        missed.update(case.categories - found)
        kinds[case.kind] += 1
        right[case.kind] += bool(found) == bool(case.categories)
    lines = [
        f"cases {len(judged)}  verdict {_ratio(right.total(), len(judged))}  micro-F1 {_f1(true.total(), extra.total(), missed.total())}",
        "",
        f"{'kind':<22}{'cases':>8}{'verdict':>9}",
        *(f"{kind:<22}{kinds[kind]:>8}{_ratio(right[kind], kinds[kind]):>9}" for kind in sorted(kinds)),
        "",
        f"{'category':<22}{'cases':>8}{'precision':>11}{'recall':>9}{'F1':>9}",
    ]
    for name in sorted(true.keys() | extra.keys() | missed.keys()):
        hit, over, under = true[name], extra[name], missed[name]
        lines.append(
            f"{name:<22}{hit + under:>8}{_ratio(hit, hit + over):>11}{_ratio(hit, hit + under):>9}{_f1(hit, over, under):>9}"
        )
    return lines


def _f1(true: int, extra: int, missed: int) -> str:
    return _ratio(2 * true, 2 * true + extra + missed)


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
