package kith.terminal.runtime;

import java.io.IOException;
import kith.terminal.config.Conf;

/// A display that only shows frames. It has no title, clipboard, mouse or notifications, and no
/// settings to restore for another program.
public interface BareDisplay extends Display {
  @Override
  default void beginFrame() throws IOException {}

  @Override
  default void title(String text) throws IOException {}

  @Override
  default void copy(String text) throws IOException {}

  @Override
  default void mouse(boolean isOurs) throws IOException {}

  @Override
  default void call(Conf.How how, String title, String text) throws IOException {}

  @Override
  default void lend() throws IOException {}

  @Override
  default void retake() throws IOException {}
}
