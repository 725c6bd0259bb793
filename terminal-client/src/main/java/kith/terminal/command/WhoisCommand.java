package kith.terminal.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import kith.terminal.plain.AccountLines;
import kith.terminal.plain.InputLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "whois", description = "Show the profile of a user.")
final class WhoisCommand implements Callable<Integer> {
  @Mixin private final Options options;

  @Parameters(paramLabel = "USER", description = "The user.")
  private String user = "";

  @Option(names = "--json", description = "The profile as a line of JSON.")
  private boolean json;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Save the picture that the user has uploaded as a new PNG file.")
  private @Nullable Path picture;

  WhoisCommand() {
    this(new Options());
  }

  WhoisCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    if (picture != null) return save(picture);
    var rest = options.access().rest();
    if (json) Streams.print(JsonLine.rest(rest.user(user)));
    else AccountLines.run(rest, new InputLine.Profile(user)).forEach(Streams::print);
    return Exit.DONE;
  }

  private int save(Path file) throws IOException {
    var png = options.access().files().picture(user);
    if (png.isEmpty()) {
      Streams.err().println(user + " has uploaded no picture.");
      return Exit.REFUSED;
    }
    try {
      Files.write(file, png.get(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException taken) {
      throw options.usage(file + " already exists.");
    }
    Streams.print(file.toString());
    return Exit.DONE;
  }
}
