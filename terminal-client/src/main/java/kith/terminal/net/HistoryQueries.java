package kith.terminal.net;

import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// History queries: each is sent once per connection until it is answered.
final class HistoryQueries {
  private HistoryQueries() {}

  static void ask(SessionStepBuilder step, ClientFrame.History question) {
    if (step.queries.size() >= SessionModel.MAX_QUERIES) {
      step.emit(
          new SessionEvent.NoPage(
              question.id(),
              question.room(),
              Code.RATE_LIMITED.wire(),
              "Too many history queries at once."));
      return;
    }
    step.queries.put(question.id(), question);
    if (step.phase instanceof SessionPhase.Live) step.transmit(question);
  }

  static void repeat(SessionStepBuilder step) {
    step.queries.values().forEach(step::transmit);
  }

  static void onPage(SessionStepBuilder step, ServerFrame.Page page) {
    if (step.queries.remove(page.id()) == null) return;
    page.entries().forEach(entry -> Posts.onEntry(step, page.room(), entry));
    step.emit(new SessionEvent.Page(page.id(), page.room(), page.entries(), page.more()));
  }

  static void refused(SessionStepBuilder step, ServerFrame.Problem problem, String id) {
    Optional.ofNullable(step.queries.remove(id))
        .ifPresent(question ->
            step.emit(
                new SessionEvent.NoPage(id, question.room(), problem.code(), problem.message())));
  }
}
