package kith.terminal.command;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import kith.protocol.Role;
import kith.terminal.plain.InputLine;

/// The values of an enum parameter in their typed form, for the help.
abstract class ActionNames implements Iterable<String> {
  private final Enum<?>[] values;

  private ActionNames(Enum<?>... values) {
    this.values = values;
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(values).map(it -> it.name().toLowerCase(Locale.ROOT)).iterator();
  }

  static final class OfRequest extends ActionNames {
    OfRequest() {
      super(RequestCommand.Action.values());
    }
  }

  static final class OfContact extends ActionNames {
    OfContact() {
      super(InputLine.ContactAction.values());
    }
  }

  static final class OfRole extends ActionNames {
    OfRole() {
      super(Role.values());
    }
  }
}
