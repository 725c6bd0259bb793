package kith.terminal.update;

import java.util.Optional;
import kith.protocol.rest.Searches.SearchHit;
import kith.terminal.keys.Action;
import kith.terminal.model.Overlay;
import kith.terminal.model.ServerSearch;

/// Handles keys in the search in all rooms. Enter searches, and then goes to the chosen message.
final class ServerSearches {
  private static final int PAGE = 5;

  private ServerSearches() {}

  /// Searches at once if there is a query.
  static void open(StepBuilder step, String query) {
    if (!step.offers("search")) {
      step.error("This server cannot search in all rooms. /find TEXT searches in this one.");
      return;
    }
    var search = ServerSearch.of(query);
    if (query.isBlank()) show(step, search);
    else ask(step, search);
  }

  private static void show(StepBuilder step, ServerSearch search) {
    step.overlay = new Overlay.SearchAll(search);
  }

  private static void ask(StepBuilder step, ServerSearch search) {
    var asking = search.asking();
    step.request(new Request.Search(asking.asked(), Optional.empty()));
    show(step, asking);
  }

  static void typed(StepBuilder step, ServerSearch search, String text) {
    show(step, search.typing(search.query() + text.replace("\n", " ")));
  }

  static void act(StepBuilder step, ServerSearch search, Action action) {
    switch (action) {
      case UP, ROOM_BEFORE, SELECT_UP -> show(step, search.choosing(search.chosen() - 1));
      case DOWN, ROOM_AFTER, SELECT_DOWN, COMPLETE -> down(step, search, 1);
      case PAGE_UP, LINE_UP -> show(step, search.choosing(search.chosen() - PAGE));
      case PAGE_DOWN, LINE_DOWN -> down(step, search, PAGE);
      case BACKSPACE -> show(step, search.typing(Pickers.withoutLast(search.query())));
      case DELETE_WORD, DELETE_TO_START -> show(step, search.typing(""));
      case SEND -> enter(step, search);
      case CANCEL, INTERRUPT -> step.overlay = new Overlay.None();
      default -> {}
    }
  }

  /// The next page is loaded before the user reaches the end of this one.
  private static void down(StepBuilder step, ServerSearch search, int by) {
    var chosen = search.choosing(search.chosen() + by);
    if (chosen.chosen() + PAGE >= search.hits().size()) further(step, chosen);
    else show(step, chosen);
  }

  private static void further(StepBuilder step, ServerSearch search) {
    if (search.isLoading() || search.before().isEmpty()) {
      show(step, search);
      return;
    }
    step.request(new Request.Search(search.asked(), search.before()));
    show(step, search.continuing());
  }

  private static void enter(StepBuilder step, ServerSearch search) {
    if (search.query().isBlank()) return;
    if (!search.isAnswered() || (!search.problem().isEmpty() && search.hits().isEmpty())) {
      ask(step, search);
    } else if (search.choice().isPresent()) {
      goTo(step, search.choice().get());
    } else {
      further(step, search);
    }
  }

  private static void goTo(StepBuilder step, SearchHit hit) {
    Pickers.toMessage(step, hit.room(), hit.message().seq());
  }

  /// An answer to an earlier query, or to a closed search, is not shown.
  static void found(StepBuilder step, Input.Found found) {
    if (!(step.overlay instanceof Overlay.SearchAll(var search))) return;
    if (search.isLoading()
        && search.asked().equals(found.query())
        && search.before().equals(found.before())) show(step, search.with(found.page()));
  }

  static void failed(StepBuilder step, String query, String sentence) {
    if (step.overlay instanceof Overlay.SearchAll(var search)
        && search.isLoading()
        && search.asked().equals(query)) show(step, search.failed(sentence));
  }
}
