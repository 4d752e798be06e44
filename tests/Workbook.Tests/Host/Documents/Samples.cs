using System.Text;
using Workbook.Host.Documents;

namespace Workbook.Tests.Host.Documents;

/// <summary>Notebooks that hold one of everything their format knows.</summary>
static class Samples
{
    public const string Dib = """"
        #!meta

        {"kernelInfo":{"defaultKernelName":"csharp","items":[{"name":"csharp","languageName":"C#","aliases":["c#","cs"]},{"name":"sql","aliases":["db"]}]},"book":{"n":1.0,"text":"é 😀"}}

        #!markdown

        # Größe שלום 😀

        $x^2$

        #!csharp

        //| tags: parameters
        var epochs = 10;

        #!sql

        select 1

        #!csharp

        //| tags: raises-exception FormatException, hide-input
        //| alt: a picture
        throw new FormatException("""raw""");
          #!csharp

        #!html

        <b>&amp;</b>

        """";

    /// <summary>As Jupyter itself would save it: keys in order, one space of indent, nothing escaped that need not be.</summary>
    public static byte[] Ipynb => Encoding.UTF8.GetBytes("""
        {
         "cells": [
          {
           "attachments": {
            "a.png": {
             "image/png": "aGk="
            }
           },
           "cell_type": "markdown",
           "id": "m-1",
           "metadata": {
            "slideshow": {
             "slide_type": "slide"
            }
           },
           "source": [
            "# Größe 😀\n",
            "![](attachment:a.png)"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "c-1",
           "metadata": {
            "collapsed": false,
            "dotnet_interactive": {
             "language": "csharp"
            },
            "polyglot_notebook": {
             "kernelName": "csharp"
            },
            "tags": [
             "parameters"
            ],
            "z": 1.50
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "a\n",
              "b"
             ]
            },
            {
             "data": {
              "application/vnd.plotly.v1+json": {
               "data": [
                1e-7
               ]
              },
              "image/png": "aGk=\n",
              "text/plain": [
               "figure"
              ]
             },
             "metadata": {
              "image/png": {
               "width": 3
              }
             },
             "output_type": "display_data"
            },
            {
             "data": {
              "text/html": [
               "<b>\n",
               "</b>"
              ],
              "text/plain": [
               "\u001b[1m\u0000"
              ]
             },
             "execution_count": 3,
             "metadata": {},
             "output_type": "execute_result"
            },
            {
             "ename": "E",
             "evalue": "why",
             "output_type": "error",
             "traceback": [
              "one",
              "two"
             ]
            }
           ],
           "source": [
            "var x = 1;\n",
            "x"
           ]
          },
          {
           "cell_type": "raw",
           "id": "r-1",
           "metadata": {},
           "source": []
          }
         ],
         "metadata": {
          "authors": [],
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "language_info": {
           "codemirror_mode": "text/x-csharp",
           "file_extension": ".cs",
           "mimetype": "text/x-csharp",
           "name": "C#",
           "pygments_lexer": "csharp",
           "version": "14.0"
          },
          "polyglot_notebook": {
           "kernelInfo": {
            "defaultKernelName": "csharp",
            "items": [
             {
              "aliases": [],
              "name": "csharp"
             }
            ]
           }
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public static NotebookDocument Notebook(params (string Language, string Source)[] cells) =>
        new() { Cells = [.. cells.Select(c => new Cell { Language = c.Language, Source = c.Source })] };
}
