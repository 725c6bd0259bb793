package kith.node.feature.push;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import kith.node.person.Patience;

/// Mail servers of tests.
public final class TestMail {
  private TestMail() {}

  /// Not started yet. Its start may take long, as everything on a busy machine.
  ///
  /// @param port 0 for a free one
  /// @param protocol one of [ServerSetup]
  public static GreenMail server(int port, String protocol) {
    var setup = new ServerSetup(port, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(Patience.LONGEST.toMillis());
    return new GreenMail(setup);
  }
}
