package kith.terminal.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// Repeats requests that create something and got no answer. Each request has an id, which stays
/// the same until it is answered, also when the user sends the request again: so it creates only
/// one object.
final class Repetition {
  private static final int MAX_TRIES = 3;
  private static final int MAX_UNANSWERED = 16;

  private final Pause pause;

  // in the order of their first attempt
  private final Map<String, String> idsOfUnanswered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_UNANSWERED;
        }
      };

  Repetition(Pause pause) {
    this.pause = pause;
  }

  /// @param request the same text for the same request
  /// @param attempt sends the request with an id
  <T> T send(String request, Function<String, T> attempt) {
    var id = idOf(request);
    for (int tries = 1; ; tries++) {
      try {
        var answer = attempt.apply(id);
        answered(request);
        return answer;
      } catch (Refused refused) {
        if (refused.status() < 500) {
          answered(request);
          throw refused;
        }
        if (tries == MAX_TRIES) throw refused;
      } catch (Unreachable silent) {
        if (tries == MAX_TRIES) throw silent;
      }
      await(tries);
    }
  }

  private void await(int tries) {
    try {
      pause.millis(Backoff.millis(tries - 1, ThreadLocalRandom.current().nextDouble()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted.");
    }
  }

  private synchronized String idOf(String request) {
    return idsOfUnanswered.computeIfAbsent(request, _ -> UUID.randomUUID().toString());
  }

  private synchronized void answered(String request) {
    idsOfUnanswered.remove(request);
  }
}
