package kith.terminal.runtime;

import kith.terminal.plain.Desktop;

/// The desktop and the editor of this machine.
public final class LocalDesktop implements Desktop {
  @Override
  public void open(String what) {
    DesktopOpener.open(what);
  }

  @Override
  public String edit(String text) {
    return ExternalEditor.of(System.getenv()).edited(text);
  }
}
