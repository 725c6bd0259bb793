package kith.terminal.net;

import java.util.List;

/// The result of one input: the new state and the side effects to execute.
public record SessionStep(SessionModel model, List<SessionEffect> effects) {
  public SessionStep {
    effects = List.copyOf(effects);
  }
}
