package kith.terminal.net;

import java.util.List;

/// What follows from an input: the session afterwards, and what is wanted from outside.
public record Step(SessionModel model, List<NetRequest> requests) {
  public Step {
    requests = List.copyOf(requests);
  }
}
