package kith.terminal.update;

import java.util.List;
import kith.terminal.model.Model;

/// What follows from an input: the model afterwards, and what is wanted from outside.
public record Step(Model model, List<Request> requests) {
  public Step {
    requests = List.copyOf(requests);
  }
}
