package kith.terminal.update;

import java.util.List;
import kith.terminal.model.Model;

/// The result of one input: the new model and the requested side effects.
public record Step(Model model, List<Request> requests) {
  public Step {
    requests = List.copyOf(requests);
  }
}
