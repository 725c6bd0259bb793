package kith.node.feature.presence;

import java.util.List;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartState;
import kith.protocol.Status;

/// One of each type that the chosen status has in the journal of an account.
public final class StatusExamples {
  private StatusExamples() {}

  public static List<AccountEvent> events() {
    return List.of(new AccountStatus.StatusChosen(Status.INVISIBLE));
  }

  public static PartState state() {
    return new ChosenStatus(Status.DND);
  }
}
