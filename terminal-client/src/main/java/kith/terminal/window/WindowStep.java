package kith.terminal.window;

import java.util.List;

/// The result of one input: the new window and the requested side effects.
public record WindowStep(Window window, List<WindowRequest> requests) {
  public WindowStep {
    requests = List.copyOf(requests);
  }
}
