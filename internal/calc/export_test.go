package calc

// Statement is the fast path alone: the lines of each year under the chosen
// readings, and the sum of the four benefits.
func (c *Case) Statement() []Year {
	l := c.lines(c.chosen.mode())
	return c.yearLines(&l)
}
