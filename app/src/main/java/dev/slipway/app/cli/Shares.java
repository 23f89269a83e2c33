package dev.slipway.app.cli;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads shares: {@code 0.5%} and {@code 0.005} are the same. */
final class Shares implements ITypeConverter<Double> {
  private static final Pattern FORM = Pattern.compile("\\d{1,6}(\\.\\d{1,9})?%?");

  @Override
  public Double convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a share such as 0.5% or 0.005");
    }
    return text.endsWith("%")
        ? new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2).doubleValue()
        : Double.parseDouble(text);
  }
}
