package kith.terminal.command;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The name of this device in the list of devices.
final class DeviceName {
  private DeviceName() {}

  static String local() {
    try {
      return "kith on " + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "kith";
    }
  }
}
