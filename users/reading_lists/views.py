import csv
import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chatbot.catalogue import search
from chatbot.catalogue.models import Novel
from chatbot.text.encodings import ENCODINGS, WrongFile, decoded

from .. import limits
from ..models import ShelfEntry
from . import presentation, work
from .formats import Format, tables
from .forms import AnswerAllForm, AnswerForm, ColumnsForm, KeepForm, SendForm, words_for
from .keeping import WANTED
from .matching import Verdict
from .models import MAX_OPEN, ListedWork, ListFile, ReadingList

WORKS_A_PAGE = 24
LISTS_A_PAGE = 20
FOUND = 6
MAX_QUERY_LENGTH = 120
# Beginnings of a cell that a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
State = ReadingList.State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request):
    """Bring a list, and see those that were brought."""
    form = SendForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        too_large=getattr(request, "too_large", False),
    )
    if form.is_bound and form.is_valid() and _may_send(request, form):
        return redirect(_send(request.user, form.cleaned_data))
    page = Paginator(request.user.reading_lists.all(), LISTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "formats": Format}
    return render(request, "users/lists/lists.html", context, status=422 if form.is_bound else 200)


def _may_send(request, form):
    if limits.wait_to_send_list(request):
        form.add_error(None, _("These were many lists in a short time. Please wait a while."))
    elif request.user.reading_lists.exclude(state__in=ReadingList.DONE).count() >= MAX_OPEN:
        form.add_error(None, _("Many lists lie here unfinished. Please finish or delete one of them first."))
    return not form.errors


@transaction.atomic
def _send(reader, sent):
    form = sent["format"]
    made = ReadingList.objects.create(
        reader=reader,
        name=sent["name"],
        format=form,
        encoding=sent["encoding"],
        stateless=sent["pasted_state"] or ShelfEntry.State.FINISHED
        if form == Format.PASTED
        else ShelfEntry.State.PLANNED,
        state=State.CHOOSING if form == Format.TABLE else State.READING,
    )
    ListFile.objects.create(of=made, data=sent["data"])
    if made.state == State.READING:
        work.tell(made)
    return made


def _own(request, pk):
    return get_object_or_404(request.user.reading_lists, pk=pk)


@login_required
@require_safe
def reading_list(request, pk):
    """One list, in whatever state it is: the columns, the progress, the doubts, what became of it."""
    shown = _own(request, pk)
    if request.htmx and not request.htmx.history_restore_request and request.GET.get("progress"):
        if not shown.is_at_work:
            return HttpResponse(headers={"HX-Redirect": shown.get_absolute_url()})
        return render(request, "users/lists/_progress.html", {"list": shown})
    if shown.state == State.CHOOSING:
        return _columns(request, shown)
    if shown.is_at_work or shown.state == State.FAILED:
        return render(request, "users/lists/list.html", {"list": shown, "failure": words_for(shown.failure)})
    return render(request, "users/lists/list.html", _review(request, shown))


def _review(request, shown):
    numbers = shown.numbers()
    verdict = request.GET.get("verdict")
    if verdict not in Verdict.values:
        verdict = next((one for one in Verdict.values[1::-1] if numbers[one]), None)
        verdict = verdict or next((one for one in Verdict.values if numbers[one]), Verdict.MATCHED)
    works = shown.works.filter(verdict=verdict).defer("before", "after", "folded")
    page = Paginator(works, WORKS_A_PAGE).get_page(request.GET.get("page"))
    rows = presentation.shown(list(page.object_list), request.user)
    return {
        "list": shown,
        "verdict": verdict,
        "page": page,
        "rows": rows,
        "works": sum(number for verdict, number in numbers.items() if verdict != Verdict.FAULTY),
        "open_rows": [row for row in rows if row.is_open and row.can_answer and len(row.candidates) == 1],
        "states": ShelfEntry.State.choices,
        "outcomes": [(ListedWork.Outcome(name).label, number) for name, number in sorted(shown.counts.items())],
        **_tally(shown, numbers),
    }


def _tally(shown, numbers=None):
    """How many works of each verdict there are, and how many are to be put on the shelf."""
    numbers = numbers or shown.numbers()
    wanted = shown.works.filter(WANTED)
    return {
        "numbers": [(verdict, verdict.label, numbers[verdict]) for verdict in Verdict if numbers[verdict]],
        "doubts": numbers[Verdict.DOUBTFUL],
        "wanted": wanted.values("novel").distinct().count(),
    }


# --- Choosing columns -------------------------------------------------------------------------------------------------


def _columns(request, shown, form=None):
    asked = request.GET.get("encoding")
    encoding = asked if asked in ENCODINGS else shown.encoding
    data = bytes(shown.file.data)
    try:
        text = decoded(data, encoding)
    except WrongFile:
        messages.error(request, _("The file cannot be read in these letters."))
        encoding, text = shown.encoding, decoded(data, shown.encoding)
    table = tables.Table(text)
    rows = table.first_rows()
    if form is None:
        initial = ColumnsForm.chosen(shown, encoding) or ColumnsForm.guessed(table, encoding)
        form = ColumnsForm(initial=initial, width=len(rows[0]) if rows else 1)
    columns = list(zip(form.columns, zip(*rows, strict=True) if rows else [[]], strict=True))
    context = {"list": shown, "form": form, "columns": columns, "encoding": encoding}
    return render(request, "users/lists/columns.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def choose_columns(request, pk):
    shown = _own(request, pk)
    if "again" in request.POST and shown.can_choose_again:
        shown.move(shown.state, State.CHOOSING, failure="")
        return redirect(shown)
    if shown.state != State.CHOOSING:
        return redirect(shown)
    encoding = request.POST.get("encoding")
    try:
        text = decoded(bytes(shown.file.data), encoding if encoding in ENCODINGS else shown.encoding)
    except WrongFile:
        text = decoded(bytes(shown.file.data), shown.encoding)
    rows = tables.Table(text).first_rows()
    form = ColumnsForm(request.POST, width=len(rows[0]) if rows else 1)
    if not form.is_valid():
        return _columns(request, shown, form)
    chosen = {"encoding": form.cleaned_data["encoding"], "options": form.options}
    if shown.move(State.CHOOSING, State.READING, **chosen):
        work.tell(shown)
    return redirect(shown)


# --- Answering doubts -------------------------------------------------------------------------------------------------


def _own_work(request, pk):
    works = ListedWork.objects.filter(of__reader=request.user, of__state__in=(State.READY, State.KEPT))
    return get_object_or_404(works.select_related("of").exclude(verdict=Verdict.FAULTY), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listed_work(request, pk):
    """One work of a list: looked for by another name, or answered."""
    one = _own_work(request, pk)
    if request.method == "POST":
        return _answer(request, one)
    query = request.GET.get("q", "")[:MAX_QUERY_LENGTH].replace("\x00", "").strip()
    found = search.find(query, FOUND) if query else None
    row = presentation.shown([one], request.user, found)[0]
    context = {"list": one.of, "row": row, "query": query, "verdict": one.verdict}
    in_place = request.htmx and not request.htmx.history_restore_request
    return render(request, "users/lists/_work.html" if in_place else "users/lists/work.html", context)


def _answer(request, one):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "error.html", {"code": 400}, status=400)
    answer(one, **form.cleaned_data)
    if not request.htmx:
        return redirect(f"{one.of.get_absolute_url()}?verdict={request.POST.get('verdict', one.verdict)}#work-{one.pk}")
    row = presentation.shown([one], request.user)[0]
    context = {
        "list": one.of,
        "row": row,
        "verdict": request.POST.get("verdict", one.verdict),
        "states": ShelfEntry.State.choices,
        **_tally(one.of),
    }
    return render(request, "users/lists/_answered.html", context)


def answer(one, do, novel=""):
    """Take the reader's answer, unless the work is on the shelf already."""
    if one.outcome:
        return
    if do == "choose":
        chosen = get_object_or_404(Novel, slug=novel)
        one.verdict, one.novel, one.by_hand, one.left_out = Verdict.MATCHED, chosen, True, False
    elif do == "none":
        one.verdict, one.novel, one.by_hand, one.left_out = Verdict.MISSING, None, True, False
    elif do == "leave":
        one.left_out = True
    else:
        one.left_out = False
        if one.by_hand:
            one.verdict, one.novel, one.by_hand = Verdict.DOUBTFUL, None, False
    fields = {name: getattr(one, name) for name in ("verdict", "novel", "by_hand", "left_out")}
    ListedWork.objects.filter(pk=one.pk, outcome="").update(**fields)


@login_required
@require_POST
def answer_all(request, pk):
    """One answer to the doubts of a page that have one candidate each."""
    shown = _own(request, pk)
    doubts = shown.works.filter(verdict=Verdict.DOUBTFUL, outcome="", left_out=False)
    named = [int(one) for one in request.POST.getlist("works")[:WORKS_A_PAGE] if one.isdecimal() and len(one) < 19]
    works = {one.pk: one for one in doubts.filter(pk__in=named)}
    form = AnswerAllForm(request.POST, works=works)
    if shown.state in (State.READY, State.KEPT) and form.is_valid():
        novels = Novel.objects.in_bulk({one.candidates[0] for one in works.values() if one.candidates})
        for one in works.values():
            novel = novels.get(one.candidates[0]) if len(one.candidates) == 1 else None
            if form.cleaned_data["do"] == "none" or novel:
                answer(one, form.cleaned_data["do"], novel.slug if novel else "")
    return redirect(shown)


# --- On the shelf and off again ---------------------------------------------------------------------------------------


@login_required
@require_POST
def keep(request, pk):
    shown = _own(request, pk)
    form = KeepForm(request.POST)
    stateless = form.cleaned_data["stateless"] if form.is_valid() else ""
    can_keep = shown.state in (State.READY, State.KEPT) and shown.works.filter(WANTED).exists()
    if can_keep and shown.move(shown.state, State.KEEPING, stateless=stateless or shown.stateless, failure=""):
        work.tell(shown)
    return redirect(shown)


@login_required
@require_POST
def undo(request, pk):
    shown = _own(request, pk)
    if shown.move(State.KEPT, State.UNDOING, failure=""):
        work.tell(shown)
    return redirect(shown)


@login_required
@require_POST
def delete(request, pk):
    """Forget the list. What it put on the shelf stays there."""
    _own(request, pk).delete()
    messages.success(request, _("The list is deleted. Your shelf is as it was."))
    return redirect("users:lists")


@login_required
@require_safe
def missing(request, pk):
    """What is not on our shelf, as a table that any spreadsheet opens."""
    shown = _own(request, pk)
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow([_("Line"), _("Title"), _("Author"), "ISBN"])
    works = shown.works.filter(verdict=Verdict.MISSING).only("line", "title", "authors", "isbn", "said")
    for one in works.iterator():
        cells = (presentation.named(one), one.authors, one.isbn)
        rows.writerow([one.line, *(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)])
    response = HttpResponse(sheet.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="not-on-our-shelf-{shown.pk}.csv"'
    return response
